using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>Waits until what a legacy changed before a moment is in the national store, whichever node follows it.</summary>
internal sealed class SettledFollowing(IMigrationStore store, IOptions<MigrationOptions> options, TimeProvider clock)
{
    /// <returns>False when it did not come within the limit.</returns>
    public async Task<bool> WaitAsync(string sourceId, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            if ((await store.FindAsync(sourceId, cancellationToken))?.FollowedAt >= moment)
                return true;
            if (clock.GetElapsedTime(started) >= options.Value.SettleLimit)
                return false;
            await Task.Delay(options.Value.Look, clock, cancellationToken);
        }
    }
}
