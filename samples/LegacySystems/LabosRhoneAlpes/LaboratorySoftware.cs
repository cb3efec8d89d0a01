using System.Globalization;
using System.Text;
using DmpFederation.SyntheticFrance.RhoneAlpes;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>How one laboratory's software writes its files: each was bought from another house.</summary>
internal sealed record LaboratorySoftware
{
    public required RegionalLaboratory Laboratory { get; init; }

    public required Encoding Encoding { get; init; }

    public required string LineEnd { get; init; }

    /// <summary>Sign before decimals.</summary>
    public required char DecimalMark { get; init; }

    /// <summary>Prints a second value in the other unit where usage has one.</summary>
    public bool PrintsPairs { get; init; }

    /// <summary>Writes an empty thirteenth header line.</summary>
    public bool ThirteenthLine { get; init; }

    public string BirthDates { get; init; } = "dd/MM/yyyy";

    public string Extension { get; init; } = "hpr";

    public static IReadOnlyList<LaboratorySoftware> All { get; } =
    [
        new() { Laboratory = RegionalLaboratory.Charmes, Encoding = Encoding.Latin1, LineEnd = "\r\n", DecimalMark = '.', PrintsPairs = true },
        new()
        {
            Laboratory = RegionalLaboratory.Parc,
            Encoding = CodePagesEncodingProvider.Instance.GetEncoding(10_000)!,
            LineEnd = "\r",
            DecimalMark = ',',
            ThirteenthLine = true,
            BirthDates = "dd/MM/yy",
            Extension = "hpm",
        },
        new() { Laboratory = RegionalLaboratory.Confluent, Encoding = new UTF8Encoding(false), LineEnd = "\n", DecimalMark = ',', PrintsPairs = true },
        new()
        {
            Laboratory = RegionalLaboratory.Vercors,
            Encoding = Encoding.Unicode,
            LineEnd = "\r\n",
            DecimalMark = '.',
            BirthDates = "yyyy-MM-dd",
            Extension = "txt",
        },
    ];

    public static LaboratorySoftware Of(string sender) => All.First(software => software.Laboratory.Sender == sender);

    public string Print(decimal value, string unit)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (unit == "/mm3" && value >= 1000)
            return ((long)value).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');
        return text.Replace('.', DecimalMark);
    }

    /// <summary>UCUM as French laboratories print it.</summary>
    public static string Printed(string ucum) => ucum switch
    {
        "g/L" => "g/l",
        "mg/L" => "mg/l",
        "g/dL" => "g/dl",
        "mmol/L" => "mmol/l",
        "umol/L" => "µmol/l",
        "m[IU]/L" => "mUI/l",
        "mL/min/{1.73_m2}" => "ml/min/1.73m2",
        "10*9/L" => "Giga/l",
        _ => ucum,
    };
}
