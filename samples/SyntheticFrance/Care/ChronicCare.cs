using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Follow-up of long illnesses as the HAS guides ask, with the small irregularities of life.</summary>
internal static class ChronicCare
{
    /// <summary>How far back monthly dispensations go: beyond the visible window of the dossier pharmaceutique.</summary>
    public const int MonthsOfDispensations = 17;

    /// <summary>High blood pressure, with a statin where the lipids ask for one; kidneys and salts once a year.</summary>
    public static void Hypertension(Chart chart, bool leading)
    {
        var dice = chart.Dice;
        var today = chart.Calendar.Today;
        Know(chart, Problems.Hypertension, dice.Between(2, 20));
        var since = today.AddMonths(-dice.Between(10, MonthsOfDispensations));
        var first = dice.Pick([Medicines.Ramipril, Medicines.Amlodipine, Medicines.Indapamide]);
        chart.Treatments.Add(new Treatment(leading ? Medicines.Ramipril : first, since));
        if (leading)
            chart.Treatments.Add(new Treatment(Medicines.Amlodipine, since));
        if (leading || dice.Chance(0.4))
        {
            Know(chart, Problems.Hypercholesterolaemia, dice.Between(1, 12));
            chart.Treatments.Add(new Treatment(Medicines.Atorvastatin, since));
            if (!chart.Conditions.Contains("E11"))
                Laboratory.Sample(chart, today.AddDays(-dice.Between(30, 330)), Lipids.Of(dice, treated: true).Measured(dice));
        }

        for (var year = 0; year < 2; year++)
        {
            SampleKidneys(chart, today.AddDays(-dice.Between(20, 340) - (365 * year)));
        }
    }

    /// <summary>Kidneys and salts.</summary>
    public static void SampleKidneys(Chart chart, DateOnly day)
    {
        var dice = chart.Dice;
        var creatinine = Math.Max(chart.Body.Creatinine + dice.Around(0.2m, 0.3m, 1), 4.5m);
        Laboratory.Sample(
            chart, day, (Analytes.Creatinine, creatinine),
            (Analytes.Egfr, Kidneys.Filtration(creatinine, chart.Person.AgeOn(day), chart.Person.Sex == "F")),
            (Analytes.Potassium, dice.Around(4.2m, 0.25m, 1)), (Analytes.Sodium, dice.Around(140m, 1.8m, 0)));
    }

    /// <summary>The INR of an anticoagulant.</summary>
    public static void SampleInr(Chart chart, DateOnly day) =>
        Laboratory.Sample(chart, day, (Analytes.Inr, Clamp(chart.Dice.Around(2.5m, 0.4m, 1), 1.4m, 4.2m)));

    /// <summary>TSH under treatment.</summary>
    public static void SampleThyroid(Chart chart, DateOnly day) =>
        Laboratory.Sample(chart, day, (Analytes.Tsh, Clamp(chart.Dice.Around(2.6m, 1.2m, 2), 0.05m, 9m)));

    /// <summary>Inflammation under a biological medicine.</summary>
    public static void SampleInflammation(Chart chart, DateOnly day)
    {
        var dice = chart.Dice;
        Laboratory.Sample(
            chart, day, (Analytes.Crp, Clamp(dice.Around(6m, 4m, 1), 0.3m, 40m)), (Analytes.Haemoglobin, dice.Around(12.8m, 0.8m, 1)));
    }

    /// <summary>Atrial fibrillation under an oral anticoagulant, the INR each month, the rate held by a beta blocker.</summary>
    public static void AtrialFibrillation(Chart chart)
    {
        var dice = chart.Dice;
        var since = chart.Calendar.Today.AddMonths(-dice.Between(9, MonthsOfDispensations));
        Know(chart, Problems.AtrialFibrillation, dice.Between(2, 8));
        chart.Treatments.Add(new Treatment(Medicines.Fluindione, since));
        chart.Treatments.Add(new Treatment(Medicines.Bisoprolol, since));
        var day = chart.Calendar.Today.AddDays(-dice.Between(3, 25));
        for (var month = 0; month < 6; month++)
        {
            SampleInr(chart, day);
            day = day.AddDays(-dice.Between(26, 33));
        }
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
            SampleThyroid(chart, day);
            day = day.AddDays(-dice.Between(170, 240));
        }
    }

    /// <summary>Rheumatoid arthritis under a biological medicine, which the dossier pharmaceutique shows for 3 years.</summary>
    public static void Arthritis(Chart chart)
    {
        var dice = chart.Dice;
        Know(chart, Problems.RheumatoidArthritis, dice.Between(3, 15));
        chart.Treatments.Add(new Treatment(Medicines.Adalimumab, chart.Calendar.Today.AddMonths(-20), DaysBetweenBoxes: 56, Boxes: 2));
        SampleInflammation(chart, chart.Calendar.Today.AddDays(-dice.Between(15, 120)));
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
