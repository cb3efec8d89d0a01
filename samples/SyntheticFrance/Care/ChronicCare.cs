using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Follow-up of long illnesses as the HAS guides ask, with the small irregularities of life.</summary>
internal static class ChronicCare
{
    /// <summary>How far back monthly dispensations go: beyond the visible window of the dossier pharmaceutique.</summary>
    private const int MonthsOfDispensations = 17;

    /// <summary>Type 2 diabetes: HbA1c each quarter, yearly creatinine, lipids and albuminuria, fundus and ECG (HAS, ALD 8).</summary>
    public static void Diabetes(Chart chart)
    {
        var dice = chart.Dice;
        var today = chart.Calendar.Today;
        Know(chart, Problems.Diabetes, dice.Between(3, 15));
        chart.Treatments.Add(new Treatment(dice.Chance(0.6) ? Medicines.Metformin1000 : Medicines.Metformin500, today.AddMonths(-MonthsOfDispensations)));
        if (dice.Chance(0.5))
            chart.Treatments.Add(new Treatment(Medicines.Gliclazide, today.AddMonths(-dice.Between(8, MonthsOfDispensations))));
        if (dice.Chance(0.15))
            chart.Treatments.Add(new Treatment(Medicines.Glargine, today.AddMonths(-40), DaysBetweenBoxes: 84));

        var level = dice.Around(7.4m, 0.8m, 1);
        var day = today.AddDays(-dice.Between(5, 80));
        for (var quarter = 0; quarter < 8; quarter++)
        {
            var results = new List<(Analyte, decimal)> { (Analytes.HbA1c, Clamp(level + dice.Around(0m, 0.3m, 1), 5.6m, 12m)) };
            if (quarter % 4 == 0)
                results.AddRange(
                    (Analytes.FastingGlucose, dice.Around(1.42m, 0.2m, 2)), (Analytes.Creatinine, dice.Around(9.6m, 1.6m, 1)),
                    (Analytes.Egfr, dice.Around(78m, 10m, 0)), (Analytes.Albuminuria, dice.Around(22m, 8m, 0)), (Analytes.Cholesterol, dice.Around(1.95m, 0.2m, 2)),
                    (Analytes.Hdl, dice.Around(0.48m, 0.06m, 2)), (Analytes.Ldl, dice.Around(1.12m, 0.15m, 2)), (Analytes.Triglycerides, dice.Around(1.52m, 0.3m, 2)));
            Laboratory.Sample(chart, day, results);
            day = day.AddDays(-dice.Between(84, 105));
        }

        Consultations.Perform(chart, Acts.Fundus, today.AddDays(-dice.Between(40, 340)), Professionals.Endocrinologist);
        Consultations.Perform(chart, Acts.Electrocardiogram, today.AddDays(-dice.Between(40, 340)), Professionals.Cardiologist);
    }

    public static void Hypertension(Chart chart)
    {
        var dice = chart.Dice;
        var today = chart.Calendar.Today;
        Know(chart, Problems.Hypertension, dice.Between(2, 20));
        var since = today.AddMonths(-dice.Between(10, MonthsOfDispensations));
        chart.Treatments.Add(new Treatment(dice.Pick([Medicines.Ramipril, Medicines.Amlodipine, Medicines.Indapamide]), since));
        if (dice.Chance(0.4))
        {
            Know(chart, Problems.Hypercholesterolaemia, dice.Between(1, 12));
            chart.Treatments.Add(new Treatment(Medicines.Atorvastatin, since));
        }

        for (var year = 0; year < 2; year++)
            Laboratory.Sample(
                chart, today.AddDays(-dice.Between(20, 340) - (365 * year)), (Analytes.Creatinine, dice.Around(9.2m, 1.5m, 1)),
                (Analytes.Potassium, dice.Around(4.2m, 0.3m, 1)), (Analytes.Sodium, dice.Around(140m, 2m, 0)));
    }

    public static void Asthma(Chart chart)
    {
        var since = chart.Calendar.Today.AddMonths(-chart.Dice.Between(10, MonthsOfDispensations));
        Know(chart, Problems.Asthma, 1);
        chart.Treatments.Add(new Treatment(Medicines.Beclometasone, since, DaysBetweenBoxes: 61));
        chart.Treatments.Add(new Treatment(Medicines.Salbutamol, since, DaysBetweenBoxes: 92));
    }

    public static void Hypothyroidism(Chart chart)
    {
        var dice = chart.Dice;
        Know(chart, Problems.Hypothyroidism, dice.Between(1, 20));
        chart.Treatments.Add(new Treatment(
            dice.Chance(0.5) ? Medicines.Levothyroxine75 : Medicines.Levothyroxine100, chart.Calendar.Today.AddMonths(-MonthsOfDispensations)));
        var day = chart.Calendar.Today.AddDays(-dice.Between(10, 150));
        for (var sample = 0; sample < 3; sample++)
        {
            Laboratory.Sample(chart, day, (Analytes.Tsh, Clamp(dice.Around(2.6m, 1.2m, 2), 0.05m, 9m)));
            day = day.AddDays(-dice.Between(170, 240));
        }
    }

    /// <summary>Rheumatoid arthritis under a biological medicine, which the dossier pharmaceutique shows for 3 years.</summary>
    public static void Arthritis(Chart chart)
    {
        var dice = chart.Dice;
        Know(chart, Problems.RheumatoidArthritis, dice.Between(3, 15));
        chart.Treatments.Add(new Treatment(Medicines.Adalimumab, chart.Calendar.Today.AddMonths(-20), DaysBetweenBoxes: 56));
        Laboratory.Sample(
            chart, chart.Calendar.Today.AddDays(-dice.Between(15, 120)), (Analytes.Crp, Clamp(dice.Around(6m, 4m, 1), 0.3m, 40m)),
            (Analytes.Haemoglobin, dice.Around(12.8m, 0.8m, 1)));
    }

    /// <summary>Every chronic medicine is fetched in one visit when the days fall together, as patients do.</summary>
    public static void FetchTreatments(Chart chart)
    {
        var boxes = new SortedDictionary<DateOnly, List<(Medicine, int)>>();
        foreach (var treatment in chart.Treatments)
        {
            var due = treatment.Since;
            while (due < chart.Calendar.Today)
            {
                // Weekly rounding puts the medicines of one patient on the same visit without making every visit alike.
                var day = due.AddDays(-(due.DayNumber % 7) + (int)(Randomness.Dice.Mix((ulong)(due.DayNumber / 7)) % 5));
                if (!boxes.TryGetValue(day, out var visit))
                    boxes.Add(day, visit = []);
                visit.Add((treatment.Medicine, treatment.Boxes));
                due = due.AddDays(treatment.DaysBetweenBoxes);
            }
        }

        foreach (var (day, lines) in boxes)
            Pharmacy.Visit(chart, day, lines);
    }

    public static void Know(Chart chart, SyntheticCode problem, int yearsAgo)
    {
        chart.Suffers(problem);
        var since = chart.Calendar.Today.AddYears(-yearsAgo).AddDays(-chart.Dice.Next(300) - 150);
        var earliest = chart.Person.BirthDate.AddDays(200);
        chart.History.Add(new HistoryItem(FactKind.Problem, problem, since < earliest ? earliest : since, Professionals.Attending));
    }

    private static decimal Clamp(decimal value, decimal low, decimal high) => Math.Min(Math.Max(value, low), high);
}
