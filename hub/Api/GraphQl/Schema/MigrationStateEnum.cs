using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

internal sealed class MigrationStateEnum() : DescribedEnum<MigrationState>(
    "MigrationState", "Where a slice stands on its way into the national store.", value => value switch
    {
        MigrationState.Federated => "The legacy alone holds and serves it.",
        MigrationState.Copying => "It is being copied for the first time.",
        MigrationState.Following => "Copied wholly once; changes of the legacy are followed.",
        MigrationState.Verifying => "Followed, and being compared with the legacy.",
        MigrationState.Shadow => "Both are read, the legacy serves, differences are recorded.",
        MigrationState.Switched => "The national store serves, the legacy is its fallback and is still followed.",
        MigrationState.Retired => "The national store serves; the legacy is asked no more.",
        MigrationState.Paused => "Stopped by a person; it goes on from where it stopped.",
        MigrationState.Diverged => "Both sides changed the same fact; a person decides.",
        MigrationState.Reversed => "The legacy serves again; what was copied is kept.",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    });
