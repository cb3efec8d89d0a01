using System.Collections.Frozen;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.RhoneAlpes;

/// <summary>A laboratory of Rhône-Alpes that sends its results as files. Invented, with codes of its own for each analyte.</summary>
public sealed class RegionalLaboratory
{
    /// <summary>Analytes by LOINC, in the order laboratories number them.</summary>
    private static readonly IReadOnlyList<(string Loinc, string Mnemonic)> Mnemonics =
    [
        ("4548-4", "HBA1C"), ("53049-3", "GLYC"), ("2160-0", "CREAT"), ("2093-3", "CHOL"), ("2085-9", "HDL"), ("13457-7", "LDL"), ("2571-8", "TRIG"),
        ("62238-1", "DFG"), ("9318-7", "MALB"), ("2823-3", "K"), ("2951-2", "NA"), ("3016-3", "TSH"), ("1988-5", "CRP"), ("718-7", "HB"),
        ("777-3", "PLAQ"), ("6690-2", "LEUCO"),
    ];

    private static readonly FrozenDictionary<string, string> ConfluentMnemonics = new Dictionary<string, string>
    {
        ["HBA1C"] = "HBG", ["GLYC"] = "GLU", ["CREAT"] = "CRE", ["CHOL"] = "CT", ["HDL"] = "CHDL", ["LDL"] = "CLDL", ["TRIG"] = "TG", ["DFG"] = "GFR",
        ["MALB"] = "RAC", ["K"] = "KAL", ["NA"] = "NAT", ["TSH"] = "TSH", ["CRP"] = "CRP", ["HB"] = "HGB", ["PLAQ"] = "PLT", ["LEUCO"] = "GB",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, string> codes;

    private RegionalLaboratory(string sender, string name, Func<string, int, string> codeOf)
    {
        Sender = sender;
        Name = name;
        codes = Mnemonics.Index().ToFrozenDictionary(analyte => analyte.Item.Loinc, analyte => codeOf(analyte.Item.Mnemonic, analyte.Index));
    }

    /// <summary>Code it signs its files with, at most ten characters.</summary>
    public string Sender { get; }

    /// <summary>Printable name.</summary>
    public string Name { get; }

    public static RegionalLaboratory Charmes { get; } = new("LABCHARMES", "LABORATOIRE DES CHARMES", static (mnemonic, _) => mnemonic + " 001");

    public static RegionalLaboratory Parc { get; } = new(
        "LABPARC", "Laboratoire du Parc", static (_, index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{1010 + (10 * index):D4}"));

    public static RegionalLaboratory Confluent { get; } =
        new("BIOCONFL", "Biologie du Confluent", static (mnemonic, _) => "B." + ConfluentMnemonics[mnemonic]);

    public static RegionalLaboratory Vercors { get; } = new("LBMVERCORS", "LBM du Vercors", static (mnemonic, _) => mnemonic switch
    {
        "HBA1C" => "A1C-HPLC",
        "GLYC" => "GLUC-JN",
        _ => mnemonic + "-SG",
    });

    public static IReadOnlyList<RegionalLaboratory> All { get; } = [Charmes, Parc, Confluent, Vercors];

    /// <summary>Its code of an analyte by its leading LOINC; null for what it does not measure.</summary>
    public string? CodeOf(string loinc) => codes.GetValueOrDefault(loinc);

    /// <summary>
    /// False for two analytes the Vercors laboratory added after the region agreed on the table of codes: nobody else knows what they mean.
    /// </summary>
    public bool IsAgreed(string loinc) => this != Vercors || loinc is not ("9318-7" or "1988-5");

    /// <summary>Its own code as the hub shows it when nobody maps it.</summary>
    public SyntheticCode LocalCode(string loinc, string label) => new($"urn:dmpfederation:labo:{Sender}", codes[loinc], label);

    /// <summary>The other unit of a measurement; null when usage has one only.</summary>
    /// <param name="loinc">Code in the first unit.</param>
    /// <param name="value">Value in the first unit.</param>
    public static SyntheticVariant? InOtherUnit(string loinc, decimal value) =>
        Analytes.All.FirstOrDefault(analyte => analyte.Code == loinc)?.InOtherUnit(value);
}
