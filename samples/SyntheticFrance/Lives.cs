using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Hazards;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;
using DmpFederation.SyntheticFrance.RhoneAlpes;

namespace DmpFederation.SyntheticFrance;

/// <summary>Any patient of a world, told anew whenever asked: patient i depends on the seed and the day alone.</summary>
internal sealed class Lives
{
    private readonly int seed;
    private readonly Calendar calendar;
    private readonly People people;
    private readonly IdentityTraps traps;

    public Lives(int seed, Calendar calendar)
    {
        this.seed = seed;
        this.calendar = calendar;
        people = new People(seed, calendar.Today);
        traps = new IdentityTraps(seed, calendar, people);
    }

    /// <summary>A patient, and the chart their life was written in.</summary>
    public (SyntheticPatient Patient, Chart Chart) this[int index]
    {
        get
        {
            var chart = Live(index);
            return (traps.Set(Told(chart)), chart);
        }
    }

    private Chart Live(int index)
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
        return chart;
    }

    private SyntheticPatient Told(Chart chart)
    {
        var (person, index) = (chart.Person, chart.Index);
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
            Facts = DiabetesNetwork.Follow(
                chart, RegionalResults.Extend(chart, seed, index), index, index == 0, new Dice(seed, index, DiabetesNetwork.Stream)),
        };
    }
}
