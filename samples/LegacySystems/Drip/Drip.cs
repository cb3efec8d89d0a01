using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>
/// The legacy systems go on living: one event after another, each into its own system through its own door. A system that does not take an event is
/// named, its event waits and is tried again, and the others go on. Nothing grows with the events but the files.
/// </summary>
internal sealed class Drip(
    LivingWorld world, ChangeStore changes, TruthLedger truth, IReadOnlyList<ILegacyDoor> doors, TimeProvider clock, TextWriter complaints)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (string Fault, long Since)> failing = new(StringComparer.Ordinal);

    /// <summary>Lets events happen until it is cancelled, or so many have.</summary>
    /// <param name="every">Between two events; zero for as fast as can be.</param>
    /// <param name="most">Events to let happen; null for no end.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>How many happened.</returns>
    public async Task<long> RunAsync(TimeSpan every, long? most, CancellationToken cancellationToken)
    {
        var happened = 0L;
        // The truth was not told of those that were begun just before the last end.
        foreach (var waiting in changes.Begun())
            truth.Begun(waiting, world.After(waiting));
        using var timer = every > TimeSpan.Zero ? new PeriodicTimer(every, clock) : null;
        try
        {
            while (happened < (most ?? long.MaxValue))
            {
                if (timer is not null)
                    await timer.WaitForNextTickAsync(cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                if (await OneAsync(cancellationToken))
                    happened++;
                else if (timer is null)
                    await Task.Delay(Rest, clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end; what a system has not confirmed is kept, and tried first next time.
            return happened;
        }

        return happened;
    }

    /// <summary>One event, or what waits of an earlier one; false when nothing came of it.</summary>
    private async Task<bool> OneAsync(CancellationToken cancellationToken)
    {
        var begun = changes.Begun();
        foreach (var waiting in begun)
        {
            if (!failing.TryGetValue(waiting.SourceId, out var fault) || clock.GetElapsedTime(fault.Since) >= Retry)
                return await TellAsync(waiting, world.After(waiting), cancellationToken);
        }

        var doubt = new InDoubt(
            begun.Select(static one => one.Patient).ToHashSet(), begun.Select(static one => one.SourceId).ToHashSet(StringComparer.Ordinal));
        if (world.Next(changes.LastNumber + 1, clock.GetUtcNow(), doubt) is not { } next)
            return false;
        changes.Begin(next);
        var after = world.After(next);
        truth.Begun(next, after);
        return await TellAsync(next, after, cancellationToken);
    }

    private async Task<bool> TellAsync(WorldEvent happening, SyntheticPatient after, CancellationToken cancellationToken)
    {
        try
        {
            await doors.First(door => door.SourceId == happening.SourceId).WriteAsync(after, happening, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            Complain(happening.SourceId, fault);
            return false;
        }

        if (failing.Remove(happening.SourceId))
            complaints.WriteLine($"drip: {happening.SourceId} takes events again.");
        changes.Complete(happening);
        truth.Done(happening, after, changes.SeqOf(happening.Patient));
        return true;
    }

    /// <summary>
    /// Says each new trouble once, and its end. Only faults whose words are about files and services are repeated: others could name a patient.
    /// </summary>
    private void Complain(string source, Exception fault)
    {
        var words = fault is LegacyAwayException or IOException or SqliteException or HttpRequestException ? $": {fault.Message}" : "";
        var trouble = fault is LegacyAwayException ? fault.Message : fault.GetType().Name + words;
        if (!failing.TryGetValue(source, out var known) || known.Fault != trouble)
            complaints.WriteLine($"drip: {source} did not take an event ({trouble}); it is tried again, and the others go on.");
        failing[source] = (trouble, clock.GetTimestamp());
    }
}
