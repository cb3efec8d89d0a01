using System.Collections.ObjectModel;
using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Population;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Hazards;

/// <summary>
/// Plants what an identity-vigilance officer fears: another person's record under one's number, namesakes, twins, numbers mistyped, children on a
/// parent's card. The demo's first patient has none.
/// </summary>
internal sealed class IdentityTraps(int seed, Calendar calendar, People people)
{
    private const int OtherPeople = 1_000_003;

    /// <summary>Sources that state traits, and so can be seen to be mistaken.</summary>
    private static readonly IReadOnlyList<string> StatingTraits = [SourceIds.FrancheComte, SourceIds.Picardie, SourceIds.ReseauDiabete];

    /// <summary>Sources that file by a national number typed by somebody.</summary>
    private static readonly IReadOnlyList<string> FilingByNumber = [SourceIds.Dp, SourceIds.FrancheComte, SourceIds.Picardie];

    /// <summary>Sources by how easily they take one person for another.</summary>
    private static readonly IReadOnlyList<string> Confusing =
        [SourceIds.LabosRhoneAlpes, SourceIds.ReseauDiabete, SourceIds.FrancheComte, SourceIds.Picardie, SourceIds.WebMedecin, SourceIds.Dp];

    private readonly Registry others = new(seed + OtherPeople, calendar.Today);

    /// <summary>What a kinship asks of the sources: a child filed under a parent's number is known there, and the parent is not.</summary>
    public Holdings Settle(int index, Holdings holdings)
    {
        if (Kinship.Of(seed, index) == Kin.Child)
            return holdings with { Picardie = true };
        return Kinship.OfNext(seed, index) == Kin.Child ? holdings with { Picardie = false, Dp = true } : holdings;
    }

    /// <summary>The patient with the traps set.</summary>
    public SyntheticPatient Set(SyntheticPatient patient)
    {
        var dice = new Dice(seed, patient.Index, Streams.Traps);
        var draw = dice.Next(1000);
        var set = patient.Index == 0 ? patient
            : WithKin(patient) is { } kin ? kin
            : draw < 30 ? Mismatched(patient, dice)
            : draw < 55 ? MistypedNumber(patient, dice)
            : patient;
        return set with { RecordedOtherwise = OldSpelling.Of(set) };
    }

    private SyntheticPatient? WithKin(SyntheticPatient patient)
    {
        var (kin, isFirst) = Kinship.Of(seed, patient.Index) is var own and not Kin.None ? (own, false) : (Kinship.OfNext(seed, patient.Index), true);
        switch (kin)
        {
            case Kin.None:
                return null;
            case Kin.Child when isFirst:
                return patient with { Traps = [new IdentityTrap(IdentityTrapKind.SharedInsuredNir, SourceIds.Picardie, TrapReach.KeptOut)] };
            case Kin.Child:
                return patient with
                {
                    Traps = [new IdentityTrap(IdentityTrapKind.SharedInsuredNir, SourceIds.Picardie, TrapReach.Unreachable)],
                    RecordedOtherwise = At(SourceIds.Picardie, patient.OwnIdentity with { InsNir = people[patient.Index - 1].InsNir }),
                };
            default:
                var kind = kin == Kin.Twin ? IdentityTrapKind.Twin : IdentityTrapKind.Homonym;
                var holders = Holders(patient);
                return Confusing.FirstOrDefault(holders.Contains) is { } source
                    ? patient with { Traps = [new IdentityTrap(kind, source)] }
                    : patient;
        }
    }

    private SyntheticPatient Mismatched(SyntheticPatient patient, Dice dice)
    {
        var holders = Holders(patient);
        var candidates = StatingTraits.Where(holders.Contains).ToList();
        if (candidates.Count == 0)
            return patient;
        var source = dice.Pick(candidates);
        var other = others.Draw(patient.Index, new Dice(seed, patient.Index, Streams.OtherIdentity), (30, 80));
        if (other.BirthDate == patient.BirthDate)
            other = other with { BirthDate = other.BirthDate.AddDays(1) };
        var foreign = LifeOf(other, patient.Index, source);
        return patient with
        {
            Facts = [.. patient.Facts.Select(fact => Without(fact, source)).OfType<SyntheticFact>().Concat(foreign).OrderBy(fact => fact.Date)],
            Traps = [new IdentityTrap(IdentityTrapKind.TraitsMismatch, source, TrapReach.KeptOut)],
            RecordedOtherwise = At(source, new RecordedIdentity
            {
                InsNir = patient.InsNir,
                InsC = patient.InsC,
                BirthName = other.BirthName,
                UsedName = other.UsedName,
                GivenNames = other.GivenNames,
                BirthDate = other.BirthDate,
                Sex = other.Sex,
                BirthPlaceCode = other.BirthPlace.Code,
                BirthPlaceName = other.BirthPlace.Name,
                AddressLine = other.AddressLine,
                PostalCode = other.PostalCode,
                City = other.City,
            }),
        };
    }

    /// <summary>What one source holds of another person; ids beyond those any patient can have.</summary>
    private List<SyntheticFact> LifeOf(Person other, int index, string source)
    {
        var chart = new Chart(World.Capacity + index, other, Holdings.Everywhere, new Dice(seed, index, Streams.OtherLife), calendar);
        // A network of one illness holds nothing of those who do not have it.
        Life.Live(chart, leading: source == SourceIds.ReseauDiabete);
        return
        [
            .. chart.Facts
                .Select(fact => fact with { OfAnother = true, Origins = [.. fact.Origins.Where(origin => origin.SourceId == source)] })
                .Where(fact => fact.Origins.Count > 0),
        ];
    }

    private static SyntheticFact? Without(SyntheticFact fact, string source)
    {
        if (fact.Origins.All(origin => origin.SourceId != source))
            return fact;
        var left = fact.Origins.Where(origin => origin.SourceId != source).ToList();
        return left.Count == 0 ? null : fact with { Origins = left };
    }

    private static SyntheticPatient MistypedNumber(SyntheticPatient patient, Dice dice)
    {
        var holders = Holders(patient);
        var candidates = FilingByNumber.Where(holders.Contains).ToList();
        if (candidates.Count == 0)
            return patient;
        var source = dice.Pick(candidates);
        var own = patient.OwnIdentity;
        var by = 1 + dice.Next(96);
        return patient with
        {
            Traps = [new IdentityTrap(IdentityTrapKind.WrongKey, source, TrapReach.Unreachable)],
            RecordedOtherwise = At(source, own with { InsNir = WrongKey(own.InsNir, by), InsC = WrongKey(own.InsC, by) }),
        };
    }

    /// <summary>The number with another key of 01 to 97.</summary>
    private static string WrongKey(string number, int by)
    {
        var key = int.Parse(number[^2..], System.Globalization.CultureInfo.InvariantCulture);
        return number[..^2] + ((((key - 1 + by) % 97) + 1).ToString("00", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static HashSet<string> Holders(SyntheticPatient patient) =>
        [.. patient.Facts.SelectMany(fact => fact.Origins).Select(origin => origin.SourceId)];

    private static ReadOnlyDictionary<string, RecordedIdentity> At(string source, RecordedIdentity identity) =>
        new(new Dictionary<string, RecordedIdentity> { [source] = identity });
}
