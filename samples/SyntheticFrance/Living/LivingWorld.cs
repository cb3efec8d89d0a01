using DmpFederation.SyntheticFrance.Care;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.SyntheticFrance.Randomness;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>
/// A world that goes on after it was written. Event n depends on the seed, n, its moment and what became of the world so far, and on nothing else.
/// Keeps nothing in memory. Not thread-safe.
/// </summary>
/// <param name="seed">Seed the world was written with.</param>
/// <param name="patients">How many it has.</param>
/// <param name="writtenOn">Its reference day.</param>
/// <param name="changes">What became of it.</param>
public sealed class LivingWorld(int seed, int patients, DateOnly writtenOn, IWorldChanges changes)
{
    private const int Attempts = 12;
    private const int PatientsAnAttempt = 12;
    private const int FewCopies = 12;
    private const int DaysOpen = 200;

    /// <summary>Dossiers, each so often as it is spoken to.</summary>
    private static readonly IReadOnlyList<string> Busy =
    [
        SourceIds.Dp, SourceIds.Dp, SourceIds.Dp, SourceIds.FrancheComte, SourceIds.FrancheComte, SourceIds.FrancheComte, SourceIds.Picardie,
        SourceIds.Picardie, SourceIds.Picardie, SourceIds.WebMedecin, SourceIds.WebMedecin, SourceIds.LabosRhoneAlpes, SourceIds.LabosRhoneAlpes,
        SourceIds.ReseauDiabete,
    ];

    private (DateOnly Day, Lives Lives)? told;

    /// <summary>A patient as they stand now.</summary>
    /// <param name="index">Position in the world.</param>
    /// <param name="visibleOn">Day for which the windows of the sources are applied.</param>
    public SyntheticPatient PatientAt(int index, DateOnly visibleOn) => LifeAt(index, visibleOn).Patient;

    /// <summary>A patient once an event has taken place, on its day.</summary>
    public SyntheticPatient After(WorldEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var earlier = changes.FactsOf(happened.Patient).Where(fact => happened.Facts.All(now => now.Id != fact.Id));
        return LifeAt(happened.Patient, DateOnly.FromDateTime(ParisTime.Of(happened.At).DateTime), [.. earlier, .. happened.Facts]).Patient;
    }

    /// <summary>What happens next; null when nothing fits anybody it looked at.</summary>
    /// <param name="number">Number of the event.</param>
    /// <param name="at">Its moment.</param>
    /// <param name="doubt">What to leave alone.</param>
    public WorldEvent? Next(long number, DateTimeOffset at, InDoubt doubt)
    {
        ArgumentNullException.ThrowIfNull(doubt);
        var draw = new Draw(new Dice(seed, number, Streams.Living), ParisTime.Of(at), checked((int)((2L * World.Capacity) + number)), doubt);
        for (var attempt = 0; attempt < Attempts && patients > 0; attempt++)
        {
            var happens = draw.Dice.Chance(changes.CopyCount > FewCopies ? 0.6 : 0.25) ? Copied(draw) : draw.Dice.Next(100) switch
            {
                < 48 => Somebody(draw, static (life, source, _, draw) => NewFacts.Of(life, source, draw.At, draw.IdNumber, draw.Dice)),
                < 76 => Somebody(draw, static (life, source, fresh, draw) =>
                    Changed(draw, life, source, WorldEventKind.Correction, Corrections.Of(life, source, fresh, draw.IdNumber, draw.Dice))),
                _ => Somebody(draw, static (life, source, fresh, draw) =>
                    Changed(draw, life, source, WorldEventKind.Withdrawal, Withdrawals.Of(life, source, fresh, draw.Dice))),
            };
            if (happens is not null)
                return happens with { Number = number, At = at };
        }

        return null;
    }

    private static WorldEvent? Changed(Draw draw, LifeNow life, string source, WorldEventKind kind, IReadOnlyList<SyntheticFact> facts) =>
        facts.Count == 0 ? null : new WorldEvent
        {
            Number = 0,
            At = draw.At,
            Kind = kind,
            Patient = life.Patient.Index,
            SourceId = source,
            Facts = facts,
        };

    private WorldEvent? Copied(Draw draw) => changes.NextCopy(draw.Doubt) is { } copy
        ? NewFacts.Of(copy, LifeAt(copy.Patient, DateOnly.FromDateTime(draw.At.DateTime)), draw.At)
        : null;

    /// <summary>Looks for somebody whom a dossier, chosen first, can say something about.</summary>
    private WorldEvent? Somebody(Draw draw, Func<LifeNow, string, IReadOnlyList<SyntheticFact>, Draw, WorldEvent?> happens)
    {
        var source = draw.Dice.Pick(Busy);
        if (draw.Doubt.Sources.Contains(source))
            return null;
        for (var tried = 0; tried < PatientsAnAttempt; tried++)
        {
            var index = draw.Dice.Next(patients);
            if (draw.Doubt.Patients.Contains(index))
                continue;
            var life = LifeAt(index, DateOnly.FromDateTime(draw.At.DateTime));
            if (life.KnownTo.Contains(source) && happens(life, source, Fresh(life, source, draw.At), draw) is { } happened)
                return happened;
        }

        return null;
    }

    /// <summary>What a dossier shows of a patient, is of the last months, and is not on its way to another dossier.</summary>
    private static List<SyntheticFact> Fresh(LifeNow life, string source, DateTimeOffset at)
    {
        var underWay = life.Awaited.Select(static fact => fact.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. life.Patient.Facts.Where(fact => !fact.OfAnother && fact.Date > at.AddDays(-DaysOpen) && !underWay.Contains(fact.Id)
                && fact.Origins.Any(origin => origin.SourceId == source && life.Patient.Shows(origin))),
        ];
    }

    private LifeNow LifeAt(int index, DateOnly visibleOn) => LifeAt(index, visibleOn, changes.FactsOf(index));

    private LifeNow LifeAt(int index, DateOnly visibleOn, IReadOnlyList<SyntheticFact> changed)
    {
        if (told is not { } known || known.Day != visibleOn)
            told = known = (visibleOn, new Lives(seed, new Calendar(writtenOn, visibleOn)));
        var (patient, chart) = known.Lives[index];
        return LifeNow.Of(patient, chart, changed, visibleOn) with
        {
            Awaited = [.. changes.CopiesOf(index).SelectMany(static copy => copy.Facts)],
        };
    }

    /// <summary>What one event is drawn with.</summary>
    private sealed record Draw(Dice Dice, DateTimeOffset At, int IdNumber, InDoubt Doubt);
}
