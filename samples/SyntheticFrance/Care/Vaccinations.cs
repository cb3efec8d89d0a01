using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.Terminology;

namespace DmpFederation.SyntheticFrance.Care;

/// <summary>
/// Vaccines by the French calendar: each is dispensed, then given a day or two later; the note goes to Franche-Comté, the Immunization to
/// Picardie.
/// </summary>
internal static class Vaccinations
{
    public static void Follow(Chart chart)
    {
        var person = chart.Person;
        var today = chart.Calendar.Today;
        var age = person.AgeOn(today);
        foreach (var boosterAge in (int[])[6, 12, 25, 45, 65, 75])
        {
            if (age >= boosterAge && age - boosterAge <= 18)
                Give(chart, Medicines.TetanusVaccine, Birthday(person, boosterAge).AddDays(chart.Dice.Between(5, 200)));
        }

        if (age is >= 2 and <= 18)
            Give(chart, Medicines.MeaslesVaccine, Birthday(person, 1).AddDays(chart.Dice.Between(0, 60)));
        if (age is >= 12 and <= 22)
            Give(chart, Medicines.PapillomaVaccine, Birthday(person, 11).AddDays(chart.Dice.Between(10, 300)));
        chart.Aside(Streams.Childhood, () => Childhood(chart, age));
        if (IsOfferedInfluenza(chart, age))
            EveryAutumn(chart);
        if (age >= 66)
            Give(chart, Medicines.PneumococcalVaccine, Birthday(person, 65).AddDays(chart.Dice.Between(30, 300)));
    }

    /// <summary>The doses of infancy (2, 4 and 11 months), the second of measles and, six months after the first, of papilloma.</summary>
    private static void Childhood(Chart chart, int age)
    {
        var born = chart.Person.BirthDate;
        if (age <= 12)
        {
            foreach (var months in (int[])[2, 4, 11])
                Give(chart, Medicines.HexavalentVaccine, born.AddMonths(months).AddDays(chart.Dice.Between(0, 20)));
        }

        if (age is >= 2 and <= 18)
            Give(chart, Medicines.MeaslesVaccine, born.AddMonths(16).AddDays(chart.Dice.Between(0, 60)));
        if (age is >= 13 and <= 22 && chart.Dice.Chance(0.8))
            Give(chart, Medicines.PapillomaVaccine, Birthday(chart.Person, 12).AddMonths(6).AddDays(chart.Dice.Between(0, 90)));
    }

    private static DateOnly Birthday(Person person, int age) => person.BirthDate.AddYears(age);

    private static void EveryAutumn(Chart chart)
    {
        for (var year = chart.Calendar.Today.Year - 3; year <= chart.Calendar.Today.Year; year++)
        {
            var day = new DateOnly(year, 10, 15).AddDays(chart.Dice.Next(45));
            if (chart.Dice.Chance(0.7))
                Give(chart, Medicines.FluVaccine, day);
        }
    }

    /// <summary>Who is offered the vaccine against influenza each autumn.</summary>
    public static bool IsOfferedInfluenza(Chart chart, int age) =>
        age >= 65 || chart.Conditions.Contains("E11") || chart.Conditions.Contains("J45");

    /// <summary>One vaccine, from the pharmacy to the note.</summary>
    public static void Give(Chart chart, Medicine vaccine, DateOnly dispensed)
    {
        var dice = chart.Dice;
        var given = dispensed.AddDays(1 + dice.Next(3));
        var giver = dice.Chance(0.6) ? Professionals.Attending : dice.Pick(Professionals.Nurses);
        var noted = dice.Chance(0.6);
        if (given >= chart.Calendar.Today || !chart.IsNew(given, vaccine.Atc))
            return;

        Pharmacy.Visit(chart, dispensed, (vaccine, 1));
        var note = noted && chart.Holdings.FrancheComte
            ? Documents.File(
                chart, DocumentTypes.VaccinationNote, ParisTime.At(given, 16), giver, DocumentForm.Structured, "Vaccination réalisée, bien tolérée.", 0.2)
            : null;
        var origins = new List<SyntheticOrigin>(2);
        var entry = chart.Ids.NextEntry();
        if (note is not null)
            origins.Add(Chart.InDocument(note, entry));
        if (chart.Holdings.Picardie && (note is null || dice.Chance(0.6)))
            origins.Add(dice.Chance(0.5) ? chart.InPicardie("Immunization", entry.Identifier) : chart.InPicardie("Immunization"));
        chart.Add(new SyntheticFact
        {
            Id = chart.NextFactId(),
            Kind = FactKind.Vaccination,
            Date = ParisTime.At(given),
            Codes = [vaccine.AtcCode],
            Author = giver,
            Origins = origins,
        });
    }
}
