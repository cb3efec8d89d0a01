using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>Visits to a doctor: measurements, acts, a report at times, and what is prescribed for a few days.</summary>
internal static class Consultations
{
    private static readonly IReadOnlyList<Medicine> ForAWeek =
    [
        Medicines.Paracetamol, Medicines.Ibuprofen, Medicines.Amoxicillin, Medicines.Omeprazole, Medicines.Phloroglucinol, Medicines.Paracetamol,
    ];

    /// <summary>The visits everybody makes, more of them with age.</summary>
    public static void Routine(Chart chart)
    {
        var dice = chart.Dice;
        var age = chart.Person.AgeOn(chart.Calendar.Today);
        var visits = 1 + dice.Next(age > 60 ? 4 : 3);
        var day = chart.Calendar.Today.AddDays(-dice.Between(10, 90));
        for (var visit = 0; visit < visits; visit++)
        {
            var doctor = dice.Chance(0.85) ? Professionals.Attending : Professionals.Doctor;
            Measure(chart, day, doctor, weighed: visit == 0 || dice.Chance(0.4));
            if (dice.Chance(0.55))
                Treat(chart, day, dice.Pick(ForAWeek), doctor);
            if (dice.Chance(0.2))
                Documents.File(
                    chart, DocumentTypes.Consultation, ParisTime.At(day, 17, 15), doctor, DocumentForm.Pdf,
                    "Consultation de suivi. Examen clinique sans particularité. Traitement poursuivi.");
            day = day.AddDays(-dice.Between(60, 200));
        }
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
            : wanted == Medicines.Ibuprofen && aspirin ? Medicines.Paracetamol
            : wanted;
        if (chart.IsNew(day, medicine.Atc))
            chart.Add(Summaries.Prescribe(chart, medicine, day, doctor, summary: null));
        Pharmacy.Visit(chart, day.AddDays(chart.Dice.Next(3)), (medicine, medicine == Medicines.Paracetamol ? 3 : 1));
    }

    private static void Measure(Chart chart, DateOnly day, SyntheticAuthor author, bool weighed)
    {
        var dice = chart.Dice;
        var adult = chart.Person.AgeOn(day) >= 18;
        var hypertensive = chart.Conditions.Contains("I10");
        if (weighed && adult)
            Sign(chart, VitalSigns.Weight, dice.Around(chart.Conditions.Contains("E11") ? 86m : 71m, 9m, 1), "kg", day, author);
        if (!adult)
            return;
        Sign(chart, VitalSigns.Systolic, dice.Around(hypertensive ? 142m : 124m, 8m, 0), "mm[Hg]", day, author);
        Sign(chart, VitalSigns.Diastolic, dice.Around(hypertensive ? 86m : 76m, 5m, 0), "mm[Hg]", day, author);
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
