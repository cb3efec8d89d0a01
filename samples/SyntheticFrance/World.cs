using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance;

/// <summary>The generated world: the same seed, count and reference day give the same patients, byte for byte.</summary>
public static class World
{
    private const int IdentityStream = 1;
    private const int LifeStream = 2;

    /// <summary>How many patients a world can have.</summary>
    public static int Capacity => Registry.Capacity;

    /// <summary>
    /// Streams the patients in order, in constant memory. Patient i depends on the seed and the day alone: a larger world begins with the smaller.
    /// </summary>
    /// <param name="seed">Default of the demo: 2009.</param>
    /// <param name="patients">How many, up to <see cref="Capacity"/>.</param>
    /// <param name="today">Reference day: facts lie before it.</param>
    /// <param name="visibleOn">
    /// Day for which <see cref="SyntheticOrigin.Visible"/> is decided; null for <paramref name="today"/>. Nothing else depends on it, so that the
    /// truth of an older world can be told for a later day.
    /// </param>
    public static IEnumerable<SyntheticPatient> Generate(int seed, int patients, DateOnly today, DateOnly? visibleOn = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patients, Capacity);
        return Stream(seed, patients, new Calendar(today, visibleOn ?? today));
    }

    private static IEnumerable<SyntheticPatient> Stream(int seed, int patients, Calendar calendar)
    {
        var registry = new Registry(seed, calendar.Today);
        for (var index = 0; index < patients; index++)
            yield return One(seed, index, registry, calendar);
    }

    private static SyntheticPatient One(int seed, int index, Registry registry, Calendar calendar)
    {
        var leading = index == 0;
        var identity = new Dice(seed, index, IdentityStream);
        var person = registry.Draw(index, identity, leading ? (58, 66) : AgeBand(identity));
        var life = new Dice(seed, index, LifeStream);
        var chart = new Chart(index, person, leading ? Holdings.Everywhere : Holdings.Draw(life, person.Region), life, calendar);
        Life.Live(chart, leading);
        return new SyntheticPatient
        {
            Index = index,
            InsNir = person.InsNir,
            InsC = person.InsC,
            BirthName = person.BirthName,
            UsedName = person.UsedName,
            GivenNames = person.GivenNames,
            BirthDate = person.BirthDate,
            Sex = person.Sex,
            BirthPlaceCode = person.BirthPlace.Code,
            BirthPlaceName = person.BirthPlace.Name,
            Region = person.Region,
            AddressLine = person.AddressLine,
            PostalCode = person.PostalCode,
            City = person.City,
            Conditions = chart.Conditions,
            Attending = Professionals.Attending,
            Facts = DiabetesNetwork.Follow(chart, index, leading, new Dice(seed, index, DiabetesNetwork.Stream)),
        };
    }

    // Older than the French: records are.
    private static (int From, int To) AgeBand(Dice dice) => dice.Next(100) switch
    {
        < 10 => (2, 17),
        < 30 => (18, 39),
        < 60 => (40, 64),
        < 90 => (65, 84),
        _ => (85, 99),
    };
}
