using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Hazards;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.RhoneAlpes;

namespace DmpFederation.SyntheticFrance;

/// <summary>The generated world: the same seed, count and reference day give the same patients, byte for byte.</summary>
public static class World
{
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
        var people = new People(seed, calendar.Today);
        var traps = new IdentityTraps(seed, calendar, people);
        for (var index = 0; index < patients; index++)
            yield return traps.Set(One(seed, index, people, traps, calendar));
    }

    private static SyntheticPatient One(int seed, int index, People people, IdentityTraps traps, Calendar calendar)
    {
        var leading = index == 0;
        var person = people[index];
        var life = new Dice(seed, index, Streams.Life);
        var holdings = leading ? Holdings.Everywhere : traps.Settle(index, Holdings.Draw(life, person.Region));
        var chart = new Chart(index, person, holdings, life, calendar);
        Life.Live(chart, leading);
        RepeatedExams.Plant(chart, leading);
        MedicinesApart.Plant(chart, leading);
        BookErrors.Plant(chart);
        Reimbursements.Follow(chart, new Dice(seed, index, Streams.Reimbursements), leading);
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
            Facts = DiabetesNetwork.Follow(chart, RegionalResults.Extend(chart, seed, index), index, leading, new Dice(seed, index, DiabetesNetwork.Stream)),
        };
    }
}
