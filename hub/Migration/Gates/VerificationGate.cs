using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>The whole slice was compared with its legacy, lately, and nothing differs that nobody explained.</summary>
internal sealed class VerificationGate(IOptions<MigrationOptions> options, TimeProvider clock) : IMigrationGate
{
    public ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken)
    {
        if (step.Slice.VerifiedAt is not { } verified)
            return ValueTask.FromResult<IReadOnlyList<string>>([MissingCodes.NotVerified]);
        var missing = new List<string>();
        if (clock.GetUtcNow() - verified > options.Value.EvidenceAge)
            missing.Add(MissingCodes.VerificationStale);
        if (step.Slice.Differences > 0)
            missing.Add(MissingCodes.Differences);
        return ValueTask.FromResult<IReadOnlyList<string>>(missing);
    }
}
