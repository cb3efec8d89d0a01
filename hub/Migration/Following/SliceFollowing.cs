using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Following;

/// <summary>Has a slice catch up with its legacy: calls the roll, sweeps it when it must, reads again who changed.</summary>
internal sealed class SliceFollowing(RollCall roll, SliceIntake intake, IMigrationStore store)
{
    /// <exception cref="Reading.LegacyOutageException">The source cannot be read now; what was done is done.</exception>
    public async Task CatchUpAsync(SliceWork work, FollowedSlice slice, CancellationToken cancellationToken)
    {
        if (slice.IsRollDue || slice.IsUnswept)
        {
            var called = await roll.CallAsync(work.Source, work.Plan, work.Id, cancellationToken);
            slice.Called(called);
            if (called.Total != work.Slice.Total)
                await store.CountedAsync(work.Id, called.Total, work.Slice.Listed, work.Fence, cancellationToken);
            if (slice.IsUnswept)
            {
                var everybody = roll.EverybodyAsync(work.Source, work.Plan, work.Id, called, cancellationToken);
                await TakeAsync(work, slice, everybody, cancellationToken);
                slice.IsUnswept = false;
            }
        }
        if (slice.Aside.Due() is { Count: > 0 } due)
            await TakeAsync(work, slice, SliceIntake.Some(due), cancellationToken);
    }

    private async Task TakeAsync(SliceWork work, FollowedSlice slice, IAsyncEnumerable<ListedPatient> patients, CancellationToken cancellationToken)
    {
        var right = new IntakeRight(work.Id, work.Fence, Checkpoints: false);
        var ended = false;
        try
        {
            if (slice.Came(await intake.TakeAsync(work, right, patients, slice.Aside, cancellationToken)))
                await store.CountedAsync(work.Id, slice.Total, work.Slice.Listed, work.Fence, cancellationToken);
            ended = true;
        }
        finally
        {
            if (!ended)
                slice.CallAgain();
        }
    }
}
