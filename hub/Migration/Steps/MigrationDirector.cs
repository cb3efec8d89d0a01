using System.Globalization;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Steps;

/// <summary>
/// Carries orders out: looks where the slices stand, asks the gates, moves. It reads nothing from a legacy; the runner does, and finds what to do in
/// the states.
/// </summary>
internal sealed class MigrationDirector(
    IMigrationStore store, ISourceRegistry registry, StepGates gates, SliceMoves moves, IOptions<MigrationOptions> options, TimeProvider clock)
    : IMigrationDirector
{
    private const string WrongStateMessage = "No slice is in a state this order is for.";

    public async Task<StepResult> StartAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken)
    {
        if (registry.Current.Find(plan.SourceId) is not { } source)
            return new StepResult.NotFound("SOURCE");
        if (source.IsNationalRecord)
            return new StepResult.Conflict(StepRules.NationalRecord, "The source is the national record itself; it is moved nowhere.");
        if (PlanCheck.Problem(plan) is { } problem)
            return new StepResult.Conflict(StepRules.BadPlan, problem);
        if (await store.FindAsync(plan.SourceId, cancellationToken) is { } begun && !PlanCheck.AreSame(begun.Plan, plan))
            return Existing();
        // Where the work is not done nobody knows whether the source can be read: the node that does it finds out.
        if (options.Value.Works && (source.Connection is null || source.State is not (SourceState.Starting or SourceState.Active or SourceState.Unreachable)))
            return new StepResult.Conflict(StepRules.SourceShut, "The source is shut or not configured well; open it first.");
        try
        {
            await store.BeginAsync(plan, load, note, cancellationToken);
        }
        catch (MigrationConflictException conflict) when (conflict.Rule == StepRules.Exists)
        {
            // It was begun before, maybe this moment by somebody else: with the same plan this is the same order again.
            if (await store.FindAsync(plan.SourceId, cancellationToken) is not { } there || !PlanCheck.AreSame(there.Plan, plan))
                return Existing();
        }
        return await EachAsync(plan.SourceId, SliceSteps.Start, static _ => true, note, cancellationToken);
    }

    public Task<StepResult> PauseAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        EachAsync(sourceId, SliceSteps.Pause, static slice => slice.State == MigrationState.Paused, note, cancellationToken);

    public Task<StepResult> ResumeAsync(string sourceId, StepNote note, CancellationToken cancellationToken) => EachAsync(
        sourceId,
        SliceSteps.Resume,
        static slice => slice.State is not (MigrationState.Diverged or MigrationState.Retired),
        note,
        cancellationToken);

    public Task<StepResult> VerifyAsync(string sourceId, StepNote note, CancellationToken cancellationToken) => EachAsync(
        sourceId,
        static slice => slice is { VerifiedAt: null, State: not MigrationState.Following } ? null : SliceSteps.Verify(slice),
        static slice => slice.State == MigrationState.Verifying || SliceSteps.Verify(slice) is not null,
        note,
        cancellationToken);

    public async Task<StepResult> ShadowAsync(string sourceId, StepNote note, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return new StepResult.NotFound("MIGRATION");
        var wanted = migration.Slices.Where(static slice => SliceSteps.Shadow(slice) is not null).ToList();
        if (wanted.Count == 0)
        {
            return migration.Slices.Any(static slice => slice.State == MigrationState.Shadow)
                ? new StepResult.Done(migration)
                : new StepResult.Conflict(StepRules.WrongState, WrongStateMessage);
        }
        var missing = await MissingAsync(migration, wanted, MigrationState.Shadow, cancellationToken);
        var ready = wanted.Where(slice => missing.All(one => one.Slice != slice.Id || one.Codes.Count == 0)).ToList();
        return ready.Count == 0
            ? new StepResult.Blocked(missing)
            : await MoveAsync(sourceId, [.. ready.Select(static slice => (slice, SliceSteps.Shadow(slice)!))], note, cancellationToken);
    }

    public Task<StepResult> SwitchAsync(string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ForwardAsync(sourceId, slices, MigrationState.Switched, slice => SliceSteps.Switch(slice, now), note, cancellationToken);
    }

    public Task<StepResult> RetireAsync(string sourceId, StepNote note, CancellationToken cancellationToken) =>
        ForwardAsync(sourceId, null, MigrationState.Retired, SliceSteps.Retire, note, cancellationToken);

    public async Task<StepResult> ReverseAsync(
        string sourceId, IReadOnlyList<SliceId>? slices, StepNote note, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return new StepResult.NotFound("MIGRATION");
        if (Named(migration, slices) is not { } named)
            return new StepResult.NotFound("SLICE");
        var now = clock.GetUtcNow();
        var left = named.Where(static slice => slice.State != MigrationState.Reversed).ToList();
        var reversed = left.Select(slice => (From: slice, To: SliceSteps.Reverse(slice, now))).ToList();
        var fits = slices is null ? reversed.Where(static move => move.To is not null).ToList() : reversed;
        if (fits.Any(static move => move.To is null) || (fits.Count == 0 && left.Count == named.Count))
            return new StepResult.Conflict(StepRules.WrongState, "Only slices in shadow or switched are reversed.");
        return await MoveAsync(sourceId, [.. fits.Select(static move => (move.From, move.To!))], note, cancellationToken);
    }

    public async Task<IReadOnlyList<MissingEvidence>> MissingAsync(MigrationRecord migration, CancellationToken cancellationToken)
    {
        var missing = new List<MissingEvidence>(migration.Slices.Count);
        foreach (var slice in migration.Slices)
        {
            if (SliceSteps.Next(slice) is { } to)
                missing.Add(await gates.MissingAsync(new WantedStep(migration, slice, to), cancellationToken));
        }
        return missing;
    }

    /// <summary>A forward step of all slices named or none.</summary>
    private async Task<StepResult> ForwardAsync(
        string sourceId,
        IReadOnlyList<SliceId>? slices,
        MigrationState to,
        Func<SliceRecord, SliceRecord?> step,
        StepNote note,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return new StepResult.NotFound("MIGRATION");
        if (Named(migration, slices) is not { } named)
            return new StepResult.NotFound("SLICE");
        if (slices is not null && to != MigrationState.Retired && named.Any(static slice => slice.State == MigrationState.Retired))
            return new StepResult.Conflict(StepRules.WrongState, "A retired slice moves no more.");
        var left = named.Where(slice => slice.State != to && slice.State != MigrationState.Retired).ToList();
        var missing = await MissingAsync(migration, left, to, cancellationToken);
        if (missing.Any(static one => one.Codes.Count > 0))
            return new StepResult.Blocked([.. missing.Where(static one => one.Codes.Count > 0)]);
        return await MoveAsync(sourceId, [.. left.Select(slice => (slice, step(slice)!))], note, cancellationToken);
    }

    private async Task<StepResult> EachAsync(
        string sourceId, Func<SliceRecord, SliceRecord?> step, Func<SliceRecord, bool> isDone, StepNote note, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(sourceId, cancellationToken) is not { } migration)
            return new StepResult.NotFound("MIGRATION");
        var moved = migration.Slices.Select(slice => (slice, Next: step(slice))).Where(static move => move.Next is not null)
            .Select(static move => (move.slice, move.Next!)).ToList();
        return moved.Count == 0 && !migration.Slices.Any(isDone)
            ? new StepResult.Conflict(StepRules.WrongState, WrongStateMessage)
            : await MoveAsync(sourceId, moved, note, cancellationToken);
    }

    private async Task<StepResult> MoveAsync(
        string sourceId, IReadOnlyList<(SliceRecord From, SliceRecord To)> wanted, StepNote note, CancellationToken cancellationToken)
    {
        try
        {
            await moves.ApplyAsync(wanted, note with { Evidence = note.Evidence ?? Evidence(wanted) }, cancellationToken);
        }
        catch (MigrationConflictException conflict)
        {
            return new StepResult.Conflict(conflict.Rule, "A slice was moved meanwhile; look again.");
        }
        return new StepResult.Done((await store.FindAsync(sourceId, cancellationToken))!);
    }

    private async Task<IReadOnlyList<MissingEvidence>> MissingAsync(
        MigrationRecord migration, IReadOnlyList<SliceRecord> slices, MigrationState to, CancellationToken cancellationToken)
    {
        var missing = new List<MissingEvidence>(slices.Count);
        foreach (var slice in slices)
            missing.Add(await gates.MissingAsync(new WantedStep(migration, slice, to), cancellationToken));
        return missing;
    }

    private static IReadOnlyList<SliceRecord>? Named(MigrationRecord migration, IReadOnlyList<SliceId>? slices)
    {
        if (slices is null)
            return migration.Slices;
        var named = migration.Slices.Where(slice => slices.Contains(slice.Id)).ToList();
        return slices.All(id => named.Any(slice => slice.Id == id)) ? named : null;
    }

    private static string? Evidence(IReadOnlyList<(SliceRecord From, SliceRecord To)> wanted)
    {
        var verified = wanted.Select(static move => move.From.VerifiedAt).Where(static at => at is not null).Min();
        return verified is null ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"VERIFIED={verified.Value.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'};DIFFERENCES={wanted.Sum(static move => move.From.Differences)}");
    }

    private static StepResult.Conflict Existing() => new(StepRules.Exists, "The source has a migration with another plan.");
}
