using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.TestKit.Migration;

/// <summary>
/// Stands in the place of the director: moves slices at once where a real one begins work, and asks for evidence as the test says. Its results go
/// through the same store the readers read.
/// </summary>
internal sealed class ObedientDirector(HeldMigrations store) : IMigrationDirector
{
    /// <summary>What each slice lacks for its next step.</summary>
    public IReadOnlyList<string> Lacking { get; set; } = [];

    /// <summary>What the next orders come to instead; null to carry them out.</summary>
    public StepResult? Instead { get; set; }

    /// <summary>Orders as they came, with their notes.</summary>
    public List<(string Order, string SourceId, IReadOnlyList<SliceId>? Slices, StepNote Note)> Orders { get; } = [];

    /// <summary>The plan of the last start.</summary>
    public (MigrationPlan Plan, LegacyLoad Load)? Started { get; private set; }

    public async Task<StepResult> StartAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken)
    {
        Started = (plan, load);
        Orders.Add(("start", plan.SourceId, null, note));
        if (Instead is { } instead)
            return instead;
        await store.BeginAsync(plan, load, note, cancellationToken);
        return await MovedAsync(plan.SourceId, null, MigrationState.Copying, note, cancellationToken);
    }

    public Task<StepResult> PauseAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("pause", sourceId, null, MigrationState.Paused, note, cancellationToken);

    public Task<StepResult> ResumeAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("resume", sourceId, null, MigrationState.Copying, note, cancellationToken);

    public Task<StepResult> VerifyAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("verify", sourceId, null, MigrationState.Verifying, note, cancellationToken);

    public Task<StepResult> SwitchAsync(string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("switch", sourceId, slices, MigrationState.Switched, note, cancellationToken);

    public Task<StepResult> ReverseAsync(string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("reverse", sourceId, slices, MigrationState.Reversed, note, cancellationToken);

    public Task<StepResult> RetireAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("retire", sourceId, null, MigrationState.Retired, note, cancellationToken);

    public Task<StepResult> ShadowAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        MoveAsync("shadow", sourceId, null, MigrationState.Shadow, note, cancellationToken);

    public Task<IReadOnlyList<MissingEvidence>> MissingAsync(MigrationRecord migration, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MissingEvidence>>(
            [.. migration.Slices.Select(slice => new MissingEvidence(slice.Id, MigrationState.Switched, Lacking))]);

    private async Task<StepResult> MoveAsync(
        string order, string sourceId, IReadOnlyList<SliceId>? slices, MigrationState to, StepNote note, CancellationToken cancellationToken)
    {
        Orders.Add((order, sourceId, slices, note));
        if (Instead is { } instead)
            return instead;
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return new StepResult.NotFound("MIGRATION");
        if (to == MigrationState.Switched && Lacking.Count > 0)
            return new StepResult.Blocked(await MissingAsync(migration, cancellationToken));
        return await MovedAsync(sourceId, slices, to, note, cancellationToken);
    }

    private async Task<StepResult> MovedAsync(
        string sourceId, IReadOnlyList<SliceId>? slices, MigrationState to, StepNote note, CancellationToken cancellationToken)
    {
        foreach (var slice in (await store.FindAsync(sourceId, cancellationToken))!.Slices.Where(slice => slices?.Contains(slice.Id) ?? true))
        {
            var next = slice with { State = to, ServedNationally = to is MigrationState.Switched or MigrationState.Retired };
            await store.MoveAsync(next, slice.State, note, cancellationToken);
        }
        return new StepResult.Done((await store.FindAsync(sourceId, cancellationToken))!);
    }
}
