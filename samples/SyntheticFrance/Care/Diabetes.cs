using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Type 2 diabetes: HbA1c each quarter, yearly creatinine, lipids and albuminuria, fundus and ECG (HAS, ALD 8). The illness moves on, a doctor who
/// reads an HbA1c above target adds the next medicine, and the following ones are lower.
/// </summary>
internal static class Diabetes
{
    private const int Quarters = 8;
    private const decimal AddsTreatmentFrom = 7.6m;

    public static void Follow(Chart chart, bool leading)
    {
        var dice = chart.Dice;
        var today = chart.Calendar.Today;
        var years = leading ? 11 : dice.Between(3, 15);
        ChronicCare.Know(chart, Problems.Diabetes, years);
        chart.Aside(Streams.Diabetes, () => Quarterly(chart, years, leading));
        Consultations.Perform(chart, Acts.Fundus, today.AddDays(-dice.Between(40, 340)), Professionals.Endocrinologist);
        Consultations.Perform(chart, Acts.Electrocardiogram, today.AddDays(-dice.Between(40, 340)), Professionals.Cardiologist);
    }

    private static void Quarterly(Chart chart, int years, bool leading)
    {
        var dice = chart.Dice;
        List<Treatment> ladder =
        [
            new(leading || dice.Chance(0.6) ? Medicines.Metformin1000 : Medicines.Metformin500, default),
            new(leading || dice.Chance(0.7) ? Medicines.Gliclazide : Medicines.Sitagliptin, default),
            new(Medicines.Glargine, default, DaysBetweenBoxes: 84),
        ];
        var taken = leading ? 2 : years < 6 ? 1 : years < 11 ? 1 + dice.Next(2) : 2 + (dice.Chance(0.35) ? 1 : 0);
        for (var line = 0; line < taken; line++)
            chart.Treatments.Add(ladder[line] with { Since = chart.Calendar.Today.AddMonths(-(line == 2 ? 40 : ChronicCare.MonthsOfDispensations)) });

        var level = leading ? 7.6m : dice.Around(7.0m, 0.5m, 2);
        var lipids = Lipids.Of(dice, treated: leading);
        var days = Days(chart);
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            var value = Measured(dice, level);
            var results = new List<(Analyte, decimal)> { (Analytes.HbA1c, value) };
            if ((Quarters - 1 - quarter) % 4 == 0)
                results.AddRange(Yearly(chart, days[quarter], value, lipids));
            Laboratory.Sample(chart, days[quarter], results);
            if (value >= AddsTreatmentFrom && taken < ladder.Count && (leading || dice.Chance(0.8)))
            {
                chart.Treatments.Add(ladder[taken++] with { Since = days[quarter].AddDays(dice.Between(5, 14)) });
                level = Math.Max(level - dice.Around(1.0m, 0.15m, 2), 6.0m);
            }
            else
            {
                level += Progress(dice);
            }
        }
    }

    /// <summary>The sampling of a further quarter, now and then with what is measured once a year.</summary>
    /// <param name="chart">A diabetic's chart.</param>
    /// <param name="day">Its day.</param>
    /// <param name="last">The last HbA1c known, in %.</param>
    public static void NextQuarter(Chart chart, DateOnly day, decimal last)
    {
        var dice = chart.Dice;
        var value = Measured(dice, last + Progress(dice));
        var results = new List<(Analyte, decimal)> { (Analytes.HbA1c, value) };
        if (dice.Chance(1d / 4))
            results.AddRange(Yearly(chart, day, value, Lipids.Of(dice, treated: true)));
        Laboratory.Sample(chart, day, results);
    }

    private static decimal Measured(Dice dice, decimal level) =>
        Math.Clamp(decimal.Round(level, 1) + dice.Around(0m, 0.15m, 1), 5.6m, 12m);

    // The illness moves on, slowly.
    private static decimal Progress(Dice dice) => dice.Around(0.08m, 0.06m, 2);

    // Oldest first; the last one some days or weeks ago.
    private static DateOnly[] Days(Chart chart)
    {
        var days = new DateOnly[Quarters];
        var day = chart.Calendar.Today.AddDays(-chart.Dice.Between(5, 80));
        for (var quarter = Quarters - 1; quarter >= 0; quarter--)
        {
            days[quarter] = day;
            day = day.AddDays(-chart.Dice.Between(84, 105));
        }

        return days;
    }

    private static IEnumerable<(Analyte, decimal)> Yearly(Chart chart, DateOnly day, decimal hba1c, Lipids lipids)
    {
        var dice = chart.Dice;
        var creatinine = Math.Max(chart.Body.Creatinine + dice.Around(0.3m, 0.3m, 1), 4.5m);
        // The mean glucose of an HbA1c (ADAG), a little less after the night.
        var glucose = decimal.Round(Math.Max((((28.7m * hba1c) - 46.7m) / 100m) - 0.15m + dice.Around(0m, 0.08m, 2), 0.75m), 2);
        return
        [
            (Analytes.FastingGlucose, glucose),
            (Analytes.Creatinine, creatinine),
            (Analytes.Egfr, Kidneys.Filtration(creatinine, chart.Person.AgeOn(day), chart.Person.Sex == "F")),
            (Analytes.Albuminuria, Math.Max(dice.Around(22m, 9m, 0), 3m)),
            .. lipids.Measured(dice),
        ];
    }
}
