using System.Globalization;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Migration.Diverging;

/// <summary>
/// Moves slices to Diverged while something of theirs waits for a person, and back when nothing does. They are followed and served as before; only
/// forward steps wait.
/// </summary>
internal sealed class DivergenceWatch(IDivergenceStore divergences, IMigrationStore store, ILogger<DivergenceWatch> logger)
{
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    public async Task LookAsync(string sourceId, CancellationToken cancellationToken)
    {
        var open = await divergences.OpenAsync(sourceId, cancellationToken);
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return;
        foreach (var slice in migration.Slices)
        {
            var waiting = open.Count(one => one.Slice == slice.Id);
            if ((waiting > 0 ? SliceSteps.Diverge(slice) : SliceSteps.Settle(slice)) is not { } next)
                continue;
            var note = new StepNote("hub", null, string.Create(CultureInfo.InvariantCulture, $"DIVERGENCES={waiting}"));
            try
            {
                await store.MoveAsync(next, slice.State, note, cancellationToken);
                logger.Diverged(slice.Id.ToString(), waiting);
            }
            catch (MigrationConflictException moved)
            {
                // Somebody ordered something meanwhile; the next look sees what is to be done then.
                logger.MovedMeanwhile(slice.Id.ToString(), moved.Rule);
            }
        }
    }
}
