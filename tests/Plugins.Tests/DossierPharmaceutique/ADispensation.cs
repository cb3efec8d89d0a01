using System.Globalization;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

/// <summary>Invented patients and lines; a test states only what matters to it.</summary>
internal static class ADispensation
{
    /// <summary>An INS of the test range with its right key (97 minus the 13 digits modulo 97).</summary>
    public static string Ins(int person)
    {
        var digits = (1_80_01_75_000_000L + person).ToString(CultureInfo.InvariantCulture);
        var key = 97 - long.Parse(digits, CultureInfo.InvariantCulture) % 97;
        return digits + key.ToString("D2", CultureInfo.InvariantCulture);
    }

    public static PatientKey Key(int person) => new(PatientKeySystems.InsNirTest, Ins(person));

    public static string Number(int person) => $"DP{person:D10}";

    public static (string, string, string) Dossier(int person) => (Number(person), Ins(person), "20080101");

    public static DpLine Line(string id, int person, string day, string nature = ProductNature.Medicine, bool refused = false) => new()
    {
        Id = id,
        NumeroDp = Number(person),
        DateDelivrance = day,
        Cip13 = "3400935673220",
        Libelle = "METFORMINE 850 mg, comprimé pelliculé",
        CodeAtc = "A10BA02",
        Quantite = 2,
        Nature = nature,
        OfficineFiness = "690781810",
        Refusee = refused,
        DateSaisie = "20260601101500",
    };
}
