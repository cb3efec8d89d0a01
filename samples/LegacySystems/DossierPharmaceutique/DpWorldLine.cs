using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>A dispensation of the world as a line of the host.</summary>
internal static class DpWorldLine
{
    private const string Cip13 = "urn:oid:1.2.250.1.213.2.3.2";
    private const string Atc = "http://www.whocc.no/atc";

    /// <summary>Number of a patient's dossier.</summary>
    internal static string NumberOf(SyntheticPatient patient) => string.Create(CultureInfo.InvariantCulture, $"DP{patient.Index:D10}");

    /// <summary>A line as it was first recorded.</summary>
    /// <param name="fact">The dispensation.</param>
    /// <param name="origin">How the dossier pharmaceutique holds it.</param>
    /// <param name="number">Of the dossier.</param>
    /// <param name="today">Day on which a hidden line counts as refused or as out of its window.</param>
    internal static DpLine Of(SyntheticFact fact, SyntheticOrigin origin, string number, DateOnly today)
    {
        var atc = fact.Codes.FirstOrDefault(code => code.System == Atc)?.Code;
        var cip = fact.Codes.FirstOrDefault(code => code.System == Cip13)?.Code;
        var nature = ProductNature.Of(atc);
        var day = DateOnly.FromDateTime(fact.Date.DateTime);
        return new DpLine
        {
            Id = origin.LocalId,
            NumeroDp = number,
            DateDelivrance = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            Cip13 = cip,
            Libelle = fact.Codes[0].Label,
            CodeAtc = atc,
            Quantite = (origin.Erratum ?? fact.Value) is { } boxes ? (int)boxes : null,
            Nature = nature,
            OfficineFiness = fact.Author.Finess,
            // A line the world hides although its window is open, and that stands, is one the patient refused.
            Refusee = !origin.Visible && !origin.Withdrawn && day >= today.AddMonths(-MonthsVisible(nature)),
            DateSaisie = (origin.Recorded ?? fact.Date).UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            RefSysteme = origin.Identifiers.Count > 0 ? origin.Identifiers[0].System : null,
            RefValeur = origin.Identifiers.Count > 0 ? origin.Identifiers[0].Value : null,
        };
    }

    private static int MonthsVisible(string nature) => nature switch
    {
        ProductNature.Vaccine => 252,
        ProductNature.Biological => 36,
        _ => 12,
    };
}
