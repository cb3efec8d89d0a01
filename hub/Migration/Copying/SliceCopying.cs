using System.Globalization;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Copying;

/// <summary>Work on one slice.</summary>
/// <param name="Source">The source as configured now.</param>
/// <param name="Migration">Its migration as it was when the work began.</param>
/// <param name="Slice">The slice of it.</param>
/// <param name="Fence">The right to do the work.</param>
internal sealed record SliceWork(Source Source, MigrationRecord Migration, SliceRecord Slice, Fence Fence)
{
    public SliceId Id => Slice.Id;

    public MigrationPlan Plan => Migration.Plan;
}

/// <summary>
/// The first copy of a slice: counts its patients, copies those after the checkpoint, reads again who failed, and calls the roll so that nobody is
/// left out who was set aside before a stop. The cursor of the source's changes is durable before: what the legacy changes meanwhile is followed
/// afterwards. A sick patient holds nobody up: the slice goes on to Following without them, and cannot be switched.
/// </summary>
internal sealed class SliceCopying(
    PatientLists lists, RollCall roll, SliceIntake intake, IMigrationStore store, IOptions<MigrationOptions> options, TimeProvider clock)
{
    /// <exception cref="LegacyOutageException">The source cannot be read now.</exception>
    /// <exception cref="FencedOffException">Another node has the slice now.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    /// <exception cref="MigrationConflictException">The slice was moved by somebody else.</exception>
    public async Task RunAsync(SliceWork work, CancellationToken cancellationToken)
    {
        var (source, plan, aside) = (work.Source, work.Plan, new SetAside(options.Value, clock));
        var wave = RollCall.WaveOf(plan, work.Id);
        if (work.Slice.Checkpoint is null)
            await store.CountedAsync(
                work.Id, await CountAsync(source, plan, wave, cancellationToken), PatientLists.IsWhole(source, wave), work.Fence, cancellationToken);
        var right = new IntakeRight(work.Id, work.Fence, Checkpoints: true);
        await intake.TakeAsync(work, right, lists.ListAsync(source, plan, wave, work.Slice.Checkpoint, cancellationToken), aside, cancellationToken);
        await CompleteAsync(work, right with { Checkpoints = false }, aside, cancellationToken);
        var now = await roll.CallAsync(source, plan, work.Id, cancellationToken);
        await store.CountedAsync(work.Id, now.Total, PatientLists.IsWhole(source, wave), work.Fence, cancellationToken);
        await MoveOnAsync(work, now, cancellationToken);
    }

    private async Task<long> CountAsync(Source source, MigrationPlan plan, Wave wave, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var _ in lists.ListAsync(source, plan, wave, null, cancellationToken))
            count++;
        return count;
    }

    /// <summary>Until everybody listed is held, but for the sick.</summary>
    private async Task CompleteAsync(SliceWork work, IntakeRight right, SetAside aside, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (aside.NextWaiting is { } due)
            {
                if (due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait, clock, cancellationToken);
                await intake.TakeAsync(work, right, SliceIntake.Some(aside.Due()), aside, cancellationToken);
            }
            var missing = (await roll.CallAsync(work.Source, work.Plan, work.Id, cancellationToken)).Missing.Where(key => !aside.Holds(key)).ToList();
            if (missing.Count == 0)
                return;
            missing.ForEach(aside.Add);
        }
    }

    private async Task MoveOnAsync(SliceWork work, Roll now, CancellationToken cancellationToken)
    {
        var slice = (await store.FindAsync(work.Id.SourceId, cancellationToken))?.Find(work.Id);
        if (slice is not { State: MigrationState.Copying })
            return;
        var evidence = string.Create(
            CultureInfo.InvariantCulture, $"PATIENTS={now.Total};SICK={now.Missing.Count}");
        var next = slice with { State = MigrationState.Following, Checkpoint = null };
        await store.MoveAsync(next, MigrationState.Copying, new StepNote("hub", null, evidence), cancellationToken);
    }
}
