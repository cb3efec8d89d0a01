using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Extensions.Time.Testing;

namespace DmpFederation.Plugins.Tests.Drip;

/// <summary>Some hundred events of a small world, each kept as done; no legacy system hears of them.</summary>
public sealed class LivingFixture : IDisposable
{
    internal const int Patients = 60;

    internal static readonly DateOnly WrittenOn = new(2026, 3, 17);

    private readonly string folder = Directory.CreateTempSubdirectory("living-tests-").FullName;
    private readonly ChangeStore changes;

    public LivingFixture()
    {
        changes = ChangeStore.Open(folder);
        World = new LivingWorld(2009, Patients, WrittenOn, changes);
        Events = [.. Happen(World, changes, 400)];
    }

    public LivingWorld World { get; }

    internal IReadOnlyList<WorldEvent> Events { get; }

    /// <summary>What some dossier is still to hear of a patient.</summary>
    internal IEnumerable<SyntheticFact> AwaitedOf(int patient) => changes.CopiesOf(patient).SelectMany(static copy => copy.Facts);

    /// <summary>Events of a world, one each ten seconds of an afternoon.</summary>
    internal static IEnumerable<WorldEvent> Happen(LivingWorld world, ChangeStore changes, int count)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(WrittenOn, new TimeOnly(14, 0), TimeSpan.Zero));
        for (var number = 1; number <= count; number++, clock.Advance(TimeSpan.FromSeconds(10)))
        {
            if (world.Next(changes.LastNumber + 1, clock.GetUtcNow(), InDoubt.Nothing) is not { } next)
                continue;
            changes.Begin(next);
            changes.Complete(next);
            yield return next;
        }
    }

    public void Dispose()
    {
        changes.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
