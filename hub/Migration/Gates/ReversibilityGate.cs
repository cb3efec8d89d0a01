using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>The way back was tried before the switch, and stays open long enough after it.</summary>
internal sealed class ReversibilityGate(IOptions<MigrationOptions> options, TimeProvider clock) : IMigrationGate
{
    public ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(step.To switch
        {
            MigrationState.Switched when step.Slice.RehearsedAt is null => [MissingCodes.NotRehearsed],
            MigrationState.Retired when step.Slice.SwitchedAt is { } switched
                && clock.GetUtcNow() - switched < options.Value.ReversibilityWindow => [MissingCodes.Reversible],
            _ => [],
        });
}
