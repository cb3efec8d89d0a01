using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>A step is taken from the state before it, not from anywhere.</summary>
internal sealed class StateGate : IMigrationGate
{
    public ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(Code(step.Slice.State, step.To) is { } code ? [code] : []);

    private static string? Code(MigrationState from, MigrationState to) => from switch
    {
        MigrationState.Paused => MissingCodes.Paused,
        MigrationState.Diverged => MissingCodes.Diverged,
        MigrationState.Federated or MigrationState.Copying => MissingCodes.NotCopied,
        MigrationState.Verifying => MissingCodes.VerificationRuns,
        MigrationState.Following when to == MigrationState.Shadow => null,
        MigrationState.Reversed when to is MigrationState.Shadow or MigrationState.Switched => null,
        MigrationState.Shadow when to == MigrationState.Switched => null,
        MigrationState.Switched when to == MigrationState.Retired => null,
        _ => to == MigrationState.Retired ? MissingCodes.NotSwitched : MissingCodes.NotInShadow,
    };
}
