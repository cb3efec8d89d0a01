using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Samplings. The biology report goes to the Franche-Comté store as CDA, the results to Picardie as Observations: often the same sampling to
/// both, at times in the other unit, and not always with the laboratory's number.
/// </summary>
internal static class Laboratory
{
    public static void Sample(Chart chart, DateOnly day, params IReadOnlyList<(Analyte Analyte, decimal Value)> results)
    {
        var dice = chart.Dice;
        var moment = ParisTime.At(day, dice.Between(7, 10), 5 * dice.Next(12));
        var biologist = dice.Pick(Professionals.Biologists);
        var sentToFrancheComte = dice.Chance(0.8);
        var sentToPicardie = dice.Chance(0.7);
        var inOtherUnit = dice.Chance(0.4);
        var numbered = dice.Chance(0.6);
        chart.Samplings.Add(new Sampling(moment, biologist, results));
        if (!chart.Holdings.AnyRegion)
            return;

        var picardie = chart.Holdings.Picardie && (sentToPicardie || !chart.Holdings.FrancheComte);
        var fresh = results.Where(result => chart.IsNew(day, result.Analyte.Code)).ToList();
        if (fresh.Count == 0)
            return;

        var report = chart.Holdings.FrancheComte && (sentToFrancheComte || !picardie)
            ? Documents.File(
                chart, DocumentTypes.BiologyReport, moment.AddHours(6), biologist, DocumentForm.Structured, "Examens de biologie médicale.", 0.25)
            : null;
        foreach (var (analyte, value) in fresh)
        {
            var number = chart.Ids.NextResult();
            var origins = new List<SyntheticOrigin>(2);
            if (report is not null)
                origins.Add(Chart.InDocument(report, number));
            if (picardie)
            {
                var origin = numbered ? chart.InPicardie("Observation", number.Identifier) : chart.InPicardie("Observation");
                origins.Add(inOtherUnit ? origin with { Variant = analyte.InOtherUnit(value) } : origin);
            }

            chart.Add(Result(chart, moment, analyte, value, biologist, origins));
        }
    }

    /// <summary>A sampling whose results one source alone gets, and the others never hear of.</summary>
    /// <param name="chart">The patient's chart.</param>
    /// <param name="source">Franche-Comté or Picardie; it knows the patient.</param>
    /// <param name="day">Day of the sampling.</param>
    /// <param name="results">What was measured.</param>
    public static void SampleFor(Chart chart, string source, DateOnly day, params IReadOnlyList<(Analyte Analyte, decimal Value)> results)
    {
        var dice = chart.Dice;
        var moment = ParisTime.At(day, dice.Between(7, 10), 5 * dice.Next(12));
        var biologist = dice.Pick(Professionals.Biologists);
        var fresh = results.Where(result => chart.IsNew(day, result.Analyte.Code)).ToList();
        if (fresh.Count == 0)
            return;
        var report = source == SourceIds.FrancheComte
            ? Documents.FileIn(chart, DocumentTypes.BiologyReport, moment.AddHours(6), biologist, DocumentForm.Structured, "Examens de biologie médicale.")
            : null;
        foreach (var (analyte, value) in fresh)
        {
            var number = chart.Ids.NextResult();
            var origin = report is null ? chart.InPicardie("Observation", number.Identifier) : Chart.InDocument(report, number);
            chart.Add(Result(chart, moment, analyte, value, biologist, [origin]));
        }
    }

    private static SyntheticFact Result(
        Chart chart, DateTimeOffset moment, Analyte analyte, decimal value, SyntheticAuthor biologist, IReadOnlyList<SyntheticOrigin> origins)
    {
        return new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.LabResult,
            Date = moment,
            Codes = [analyte.Coded],
            Value = value,
            Unit = analyte.Unit,
            ReferenceLow = analyte.Low,
            ReferenceHigh = analyte.High,
            Flag = analyte.Flag(value),
            Author = biologist,
            Origins = origins,
        };
    }
}
