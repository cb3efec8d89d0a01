using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>What befalls a patient: illnesses by age, then everything that follows from them.</summary>
internal static class Life
{
    /// <param name="chart">An empty chart.</param>
    /// <param name="leading">True for the first patient of a world, the demo's: diabetic, hypertensive, operated on.</param>
    public static void Live(Chart chart, bool leading)
    {
        var age = chart.Person.AgeOn(chart.Calendar.Today);
        Illnesses(chart, age, leading);
        AllergyHistory(chart, leading);
        Consultations.Routine(chart);
        Vaccinations.Follow(chart);
        ChronicCare.FetchTreatments(chart);
        Summaries.Write(chart);
    }

    private static void Illnesses(Chart chart, int age, bool leading)
    {
        var dice = chart.Dice;
        if (leading || (age >= 40 && dice.Chance(age >= 60 ? 0.17 : 0.08)))
            Diabetes.Follow(chart, leading);
        if (leading || (age >= 35 && dice.Chance(age >= 65 ? 0.48 : 0.14)))
            ChronicCare.Hypertension(chart, leading);
        if (dice.Chance(0.07))
            ChronicCare.Asthma(chart);
        if (age >= 25 && dice.Chance(chart.Person.Sex == "F" ? 0.08 : 0.02))
            ChronicCare.Hypothyroidism(chart);
        if (age >= 30 && dice.Chance(0.012))
            ChronicCare.Arthritis(chart);
        if (age >= 70 && !leading)
            chart.Aside(Streams.Heart, () =>
            {
                if (chart.Dice.Chance(0.07))
                    ChronicCare.AtrialFibrillation(chart);
            });
        if (!leading && age >= 45 && dice.Chance(0.035))
            Hospital.Cancer(chart);
        if (leading || (age >= 30 && dice.Chance(age >= 60 ? 0.22 : 0.08)))
            Hospital.Episode(chart);
        if (age >= 16 && dice.Chance(0.35))
            MinorProblem(chart);
    }

    private static void MinorProblem(Chart chart)
    {
        var problem = chart.Dice.Pick(Problems.Minor);
        var since = chart.Calendar.Today.AddDays(-chart.Dice.Between(100, 3000));
        chart.History.Add(new HistoryItem(FactKind.Problem, problem, since, Professionals.Attending));
        if (problem.Code == "J30.1")
            Consultations.Spring(chart);
    }

    private static void AllergyHistory(Chart chart, bool leading)
    {
        var dice = chart.Dice;
        var noted = chart.Calendar.Today.AddDays(-dice.Between(400, 4000));
        if (noted < chart.Person.BirthDate.AddYears(1))
            noted = chart.Calendar.Today.AddDays(-200);
        if (leading)
            chart.History.Add(new HistoryItem(FactKind.Allergy, Allergies.Penicillin, noted, Professionals.Attending, "Éruption cutanée généralisée."));
        else if (dice.Chance(0.14))
            chart.History.Add(new HistoryItem(FactKind.Allergy, dice.Pick(Allergies.All), noted, Professionals.Attending));
        else if (dice.Chance(0.4))
            chart.History.Add(new HistoryItem(FactKind.Allergy, Allergies.NoneKnown, noted, Professionals.Attending));
    }
}
