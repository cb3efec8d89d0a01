using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>
/// What an order makes of a slice; null when the order is none for its state. Pure: the state machine of design §7. A paused slice is reversed
/// like the slice it was: the way back is open whoever stopped the work.
/// </summary>
internal static class SliceSteps
{
    public static SliceRecord? Start(SliceRecord slice) =>
        slice.State == MigrationState.Federated ? slice with { State = MigrationState.Copying } : null;

    public static SliceRecord? Pause(SliceRecord slice) => slice.State switch
    {
        MigrationState.Federated or MigrationState.Retired or MigrationState.Paused or MigrationState.Diverged => null,
        _ => slice with { State = MigrationState.Paused, Resumes = slice.State },
    };

    public static SliceRecord? Resume(SliceRecord slice) =>
        slice is { State: MigrationState.Paused, Resumes: { } state } ? slice with { State = state, Resumes = null } : null;

    /// <summary>A slice past its way is verified where it is: that its evidence is taken away tells the runner to get it anew.</summary>
    public static SliceRecord? Verify(SliceRecord slice) => slice.State switch
    {
        MigrationState.Following => slice with { State = MigrationState.Verifying },
        MigrationState.Shadow or MigrationState.Switched or MigrationState.Reversed => slice with { VerifiedAt = null, Differences = 0 },
        _ => null,
    };

    public static SliceRecord? Shadow(SliceRecord slice) =>
        slice.State is MigrationState.Following or MigrationState.Reversed ? slice with { State = MigrationState.Shadow } : null;

    public static SliceRecord? Switch(SliceRecord slice, DateTimeOffset now) => slice.State is MigrationState.Shadow or MigrationState.Reversed
        ? slice with { State = MigrationState.Switched, ServedNationally = true, SwitchedAt = now }
        : null;

    public static SliceRecord? Reverse(SliceRecord slice, DateTimeOffset now) => Standing(slice) is MigrationState.Shadow or MigrationState.Switched
        ? slice with { State = MigrationState.Reversed, Resumes = null, ServedNationally = false, SwitchedAt = null, RehearsedAt = now }
        : null;

    public static SliceRecord? Retire(SliceRecord slice) =>
        slice.State == MigrationState.Switched ? slice with { State = MigrationState.Retired } : null;

    /// <summary>Something of it waits for a person.</summary>
    public static SliceRecord? Diverge(SliceRecord slice) => slice.State switch
    {
        MigrationState.Following or MigrationState.Shadow or MigrationState.Switched or MigrationState.Reversed =>
            slice with { State = MigrationState.Diverged, Resumes = slice.State },
        _ => null,
    };

    /// <summary>Nothing of it waits for a person any more.</summary>
    public static SliceRecord? Settle(SliceRecord slice) =>
        slice is { State: MigrationState.Diverged, Resumes: { } state } ? slice with { State = state, Resumes = null } : null;

    /// <summary>The next forward step; null when there is none.</summary>
    public static MigrationState? Next(SliceRecord slice) => Standing(slice) switch
    {
        MigrationState.Federated or MigrationState.Copying or MigrationState.Following or MigrationState.Verifying => MigrationState.Shadow,
        MigrationState.Shadow or MigrationState.Reversed => MigrationState.Switched,
        MigrationState.Switched => MigrationState.Retired,
        _ => null,
    };

    /// <summary>Its state, or the one it goes back to.</summary>
    private static MigrationState Standing(SliceRecord slice) =>
        slice.State is MigrationState.Paused or MigrationState.Diverged && slice.Resumes is { } resumes ? resumes : slice.State;
}
