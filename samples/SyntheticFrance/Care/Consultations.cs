using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Visits to a doctor: measurements, acts, a report at times, and what is prescribed for a few days.</summary>
internal static class Consultations
{
    private static readonly IReadOnlyList<Medicine> InWinter =
        [Medicines.Amoxicillin, Medicines.Paracetamol, Medicines.Amoxicillin, Medicines.Ibuprofen, Medicines.Amoxicillin, Medicines.Paracetamol];

    private static readonly IReadOnlyList<Medicine> InSpring =
        [Medicines.Cetirizine, Medicines.Paracetamol, Medicines.Cetirizine, Medicines.Ibuprofen, Medicines.Omeprazole, Medicines.Phloroglucinol];

    private static readonly IReadOnlyList<Medicine> AllYear =
        [Medicines.Paracetamol, Medicines.Ibuprofen, Medicines.Omeprazole, Medicines.Phloroglucinol, Medicines.Paracetamol, Medicines.Omeprazole];

    /// <summary>The visits everybody makes, more of them with age.</summary>
    public static void Routine(Chart chart)
    {
        var dice = chart.Dice;
        var age = chart.Person.AgeOn(chart.Calendar.Today);
        var visits = 1 + dice.Next(age > 60 ? 4 : 3);
        var day = chart.Calendar.Today.AddDays(-dice.Between(10, 90));
        for (var visit = 0; visit < visits; visit++)
        {
            Visit(chart, day, weighed: visit == 0);
            day = day.AddDays(-dice.Between(60, 200));
        }
    }

    /// <summary>One visit.</summary>
    /// <param name="chart">The patient's chart.</param>
    /// <param name="day">Its day.</param>
    /// <param name="weighed">True for a visit at which the patient is weighed for certain.</param>
    public static void Visit(Chart chart, DateOnly day, bool weighed)
    {
        var dice = chart.Dice;
        var doctor = dice.Chance(0.85) ? Professionals.Attending : Professionals.Doctor;
        Measure(chart, day, doctor, weighed || dice.Chance(0.4));
        if (dice.Chance(0.55))
            Treat(chart, day, dice.Pick(OfTheSeason(day)), doctor);
        if (dice.Chance(0.2))
            Documents.File(
                chart, DocumentTypes.Consultation, ParisTime.At(day, 17, 15), doctor, DocumentForm.Pdf,
                "Consultation de suivi. Examen clinique sans particularité. Traitement poursuivi.");
    }

    /// <summary>Hay fever: a box each spring.</summary>
    public static void Spring(Chart chart)
    {
        var today = chart.Calendar.Today;
        for (var year = today.Year - 2; year <= today.Year; year++)
        {
            var day = new DateOnly(year, 4, 10).AddDays(chart.Dice.Next(40));
            if (day < today)
                Pharmacy.Visit(chart, day, (Medicines.Cetirizine, 2));
        }
    }

    /// <summary>An act of an office visit.</summary>
    public static void Perform(Chart chart, SyntheticCode act, DateOnly day, SyntheticAuthor author)
    {
        if (!chart.IsNew(day, act.Code) || !chart.Holdings.Picardie)
            return;
        chart.Add(new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Act,
            Date = ParisTime.At(day, 14),
            Codes = [act],
            Author = author,
            Origins = [chart.InPicardie("Procedure")],
        });
    }

    private static void Treat(Chart chart, DateOnly day, Medicine wanted, SyntheticAuthor doctor)
    {
        var allergic = chart.History.Any(item => item.Code == Allergies.Penicillin);
        var aspirin = chart.History.Any(item => item.Code.Code == "293586001");
        var medicine = wanted == Medicines.Amoxicillin && allergic ? Medicines.Pristinamycin
            : wanted == Medicines.Ibuprofen && (aspirin || chart.Person.AgeOn(day) >= 75 || IsAgainst(chart, wanted)) ? Medicines.Paracetamol
            : wanted;
        if (chart.IsNew(day, medicine.Atc))
            chart.Add(Summaries.Prescribe(chart, medicine, day, doctor, summary: null));
        Pharmacy.Visit(chart, day.AddDays(chart.Dice.Next(3)), (medicine, medicine == Medicines.Paracetamol ? 3 : 1));
    }

    private static IReadOnlyList<Medicine> OfTheSeason(DateOnly day) => day.Month switch
    {
        11 or 12 or 1 or 2 or 3 => InWinter,
        4 or 5 or 6 => InSpring,
        _ => AllYear,
    };

    // The prescriber of a routine visit looks the patient's own treatment up; who does not see it is another part's business.
    private static bool IsAgainst(Chart chart, Medicine wanted) =>
        chart.Treatments.Any(treatment => AnsmThesaurus.LevelOf(treatment.Medicine.Atc, wanted.Atc) is not null);

    private static void Measure(Chart chart, DateOnly day, SyntheticAuthor author, bool weighed)
    {
        var dice = chart.Dice;
        var age = chart.Person.AgeOn(day);
        var hypertensive = chart.Conditions.Contains("I10");
        if (weighed)
        {
            var weight = chart.Body.WeightAt(age, chart.Conditions.Contains("E11"));
            Sign(chart, VitalSigns.Weight, weight + dice.Around(0m, weight / 60m, 1), "kg", day, author);
            Sign(chart, VitalSigns.Height, chart.Body.HeightAt(age), "cm", day, author);
        }

        if (age < 18)
            return;
        Sign(chart, VitalSigns.Systolic, dice.Around(hypertensive ? 140m : 122m, 8m, 0), "mm[Hg]", day, author);
        Sign(chart, VitalSigns.Diastolic, dice.Around(hypertensive ? 84m : 75m, 5m, 0), "mm[Hg]", day, author);
    }

    private static void Sign(Chart chart, SyntheticCode code, decimal value, string unit, DateOnly day, SyntheticAuthor author)
    {
        if (!chart.Holdings.Picardie || !chart.IsNew(day, code.Code))
            return;
        chart.Add(new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.VitalSign,
            Date = ParisTime.At(day, 17),
            Codes = [code],
            Value = value,
            Unit = unit,
            Author = author,
            Origins = [chart.InPicardie("Observation")],
        });
    }
}
