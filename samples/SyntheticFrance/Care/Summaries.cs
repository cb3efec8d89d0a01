using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Problems, allergies and current treatments: held in the médecin traitant's summary (VSM) of Franche-Comté, once per edition of it, and as
/// resources of Picardie.
/// </summary>
internal static class Summaries
{
    public static void Write(Chart chart)
    {
        var dice = chart.Dice;
        var latest = chart.Calendar.Today.AddDays(-dice.Between(20, 120));
        var reports = new List<(Report Report, DateOnly Day)>(2);
        var editions = chart.Conditions.Count > 0 && dice.Chance(0.35) ? 2 : 1;
        for (var edition = editions; edition > 0; edition--)
        {
            var day = latest.AddDays(-365 * (edition - 1));
            if (Documents.File(
                    chart, DocumentTypes.MedicalSummary, ParisTime.At(day, 18, 30), Professionals.Attending, DocumentForm.Structured,
                    "Volet de synthèse médicale.", 0.5) is { } report)
                reports.Add((report, day));
        }

        foreach (var item in chart.History)
            chart.Add(FromHistory(chart, item, [.. reports.Where(edition => edition.Day > item.Since).Select(edition => edition.Report)]));

        foreach (var treatment in chart.Treatments)
        {
            var prescribed = latest.AddDays(-dice.Between(1, 60));
            if (prescribed > treatment.Since)
                chart.Add(Prescribe(chart, treatment.Medicine, prescribed, Professionals.Attending, reports.Count > 0 ? reports[^1].Report : null));
        }
    }

    /// <summary>A medicine prescribed. The prescription keeps its number in every system it reaches.</summary>
    public static SyntheticFact Prescribe(Chart chart, Medicine medicine, DateOnly day, SyntheticAuthor author, Report? summary)
    {
        var number = chart.Ids.NextEntry();
        var origins = new List<SyntheticOrigin>(2);
        if (summary is not null)
            origins.Add(Chart.InDocument(summary, number));
        if (chart.Holdings.Picardie)
            origins.Add(chart.InPicardie("MedicationRequest", number.Identifier));
        return new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Prescription,
            Date = ParisTime.At(day),
            Codes = [medicine.AtcCode],
            Text = medicine.Posology,
            Author = author,
            Origins = origins,
        };
    }

    private static SyntheticFact FromHistory(Chart chart, HistoryItem item, List<Report> reports)
    {
        var entry = chart.Ids.NextEntry();
        var origins = reports.ConvertAll(report => Chart.InDocument(report, entry));
        var copied = chart.Dice.Chance(0.5);
        if (chart.Holdings.Picardie)
        {
            var type = item.Kind == FactKind.Problem ? "Condition" : "AllergyIntolerance";
            origins.Add(copied ? chart.InPicardie(type, entry.Identifier) : chart.InPicardie(type));
        }

        return new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = item.Kind,
            Date = ParisTime.At(item.Since),
            Codes = [item.Code],
            Text = item.Text,
            Author = item.Author,
            Origins = origins,
        };
    }
}
