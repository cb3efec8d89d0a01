using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Hazards;

/// <summary>
/// Exams done again too soon, by somebody who could not see the first one: it lies in another region's dossier. What counts as too soon is told
/// by <see cref="Truth.RedundantExams"/>, which looks at the facts and not at this plan.
/// </summary>
internal static class RepeatedExams
{
    public static void Plant(Chart chart, bool leading)
    {
        if (!chart.Holdings.FrancheComte || !chart.Holdings.Picardie)
            return;
        chart.DrawFrom(Streams.RepeatedExams);
        var dice = chart.Dice;
        if (leading || dice.Chance(0.3))
            Again(chart, Analytes.HbA1c, (14, 24), 0.2m, leading);
        if (leading || dice.Chance(0.25))
            LipidsAgain(chart, leading);
        if (leading || (chart.Conditions.Contains("E03") ? dice.Chance(0.3) : chart.Person.AgeOn(chart.Calendar.Today) > 25 && dice.Chance(0.03)))
            ThyroidAgain(chart);
        if (leading || (chart.Person.AgeOn(chart.Calendar.Today) >= 18 && dice.Chance(0.06)))
            ImageAgain(chart);
    }

    private static void Again(Chart chart, Analyte analyte, (int From, int To) days, decimal spread, bool anyHolder)
    {
        var dice = chart.Dice;
        if (First(chart, fact => fact.Codes[0].Code == analyte.Code, days.To, anyHolder) is not { } first)
            return;
        var value = Math.Max(first.Value!.Value + dice.Around(0m, spread, analyte.Decimals), 0.01m);
        Laboratory.SampleFor(chart, Elsewhere(first), DayOf(first).AddDays(dice.Between(days.From, days.To)), (analyte, value));
    }

    private static void LipidsAgain(Chart chart, bool anyHolder)
    {
        // On target by any reading: what is above is rightly measured again.
        if (First(chart, fact => fact.Codes[0].Code == Analytes.Ldl.Code && fact.Value <= 1.3m, 36, anyHolder) is not { } first)
            return;
        var panel = chart.SoFar.Where(fact => fact.Kind == FactKind.LabResult && fact.Date == first.Date).ToDictionary(fact => fact.Codes[0].Code);
        var results = new List<(Analyte, decimal)>();
        foreach (var analyte in (Analyte[])[Analytes.Cholesterol, Analytes.Hdl, Analytes.Ldl, Analytes.Triglycerides])
        {
            if (panel.TryGetValue(analyte.Code, out var measured))
                results.Add((analyte, measured.Value!.Value));
        }

        Laboratory.SampleFor(chart, Elsewhere(first), DayOf(first).AddDays(chart.Dice.Between(20, 36)), results);
    }

    private static void ThyroidAgain(Chart chart)
    {
        if (!chart.Conditions.Contains("E03"))
            Laboratory.SampleFor(
                chart, SourceIds.FrancheComte, chart.Calendar.Today.AddDays(-chart.Dice.Between(60, 330)),
                (Analytes.Tsh, Math.Max(chart.Dice.Around(2.1m, 0.6m, 2), 0.5m)));
        Again(chart, Analytes.Tsh, (8, 35), 0.3m, anyHolder: false);
    }

    private static void ImageAgain(Chart chart)
    {
        var dice = chart.Dice;
        var act = dice.Pick(Acts.Imaging);
        var first = chart.Calendar.Today.AddDays(-dice.Between(80, 400));
        var second = first.AddDays(dice.Between(6, 70));
        if (!chart.IsNew(first, act.Code))
            return;
        var report = Documents.FileIn(
            chart, DocumentTypes.Imaging, ParisTime.At(first, 18), Professionals.OtherRadiologist, DocumentForm.Structured,
            $"{act.Label} : pas d'anomalie décelée.");
        chart.Add(new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Act,
            Date = ParisTime.At(first, 14),
            Codes = [act],
            Author = Professionals.OtherRadiologist,
            Origins = [Chart.InDocument(report, chart.Ids.NextEntry())],
        });
        Consultations.Perform(chart, act, second, Professionals.Radiologist);
    }

    /// <summary>
    /// The first of the two exams: one that only one region holds, early enough for the second; the second comes soon, so that the next of the
    /// calendar is no repetition of it.
    /// </summary>
    private static SyntheticFact? First(Chart chart, Func<SyntheticFact, bool> wanted, int room, bool anyHolder)
    {
        var before = chart.Calendar.Today.AddDays(-room - 2);
        var candidates = chart.SoFar
            .Where(fact => fact.Kind == FactKind.LabResult && wanted(fact) && DayOf(fact) < before)
            .ToList();
        var alone = candidates.Where(fact => fact.Origins.Count == 1).ToList();
        var eligible = alone.Count > 0 || !anyHolder ? alone : candidates;
        return eligible.Count == 0 ? null : chart.Dice.Pick(eligible);
    }

    private static string Elsewhere(SyntheticFact first) =>
        first.Origins.Any(origin => origin.SourceId == SourceIds.Picardie) ? SourceIds.FrancheComte : SourceIds.Picardie;

    private static DateOnly DayOf(SyntheticFact fact) => DateOnly.FromDateTime(fact.Date.DateTime);
}
