using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>
/// Every patient is in the national store, and what the legacy changed since the copy was followed: beyond the begin of the verification, so that it
/// compared what is followed, and up to a moment ago.
/// </summary>
internal sealed class FollowingGate(IOptions<MigrationOptions> options, TimeProvider clock) : IMigrationGate
{
    public ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        if (step.To != MigrationState.Shadow)
        {
            if (step.Slice.Copied < step.Slice.Total)
                missing.Add(MissingCodes.SickPatients);
            if (step.Migration.FollowedAt is not { } followed || followed < step.Slice.VerifiedAt)
                missing.Add(MissingCodes.NotFollowed);
            else if (clock.GetUtcNow() - followed > options.Value.LagLimit)
                missing.Add(MissingCodes.Lag);
        }
        return ValueTask.FromResult<IReadOnlyList<string>>(missing);
    }
}
