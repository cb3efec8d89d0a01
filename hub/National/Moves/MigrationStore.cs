using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Moves;

/// <summary>Migrations on EF Core, the same on every engine: where slices stand, who moved them, how far a source was followed.</summary>
internal sealed class MigrationStore(NationalStore store, PlanCache plans, TimeProvider clock) : IMigrationStore
{
    /// <summary>What keeps two from beginning the same migration: there is no row to lock yet.</summary>
    private const string BeginLock = "urn:dmpfed:migration";

    private static StoreBorder Border => StoreBorder.Migrations;

    public Task<IReadOnlyList<MigrationRecord>> AllAsync(CancellationToken cancellationToken) =>
        Border.ReadAsync(store, db => ReadAsync(db, null, cancellationToken), cancellationToken);

    public async Task<MigrationRecord?> FindAsync(string sourceId, CancellationToken cancellationToken) =>
        (await Border.ReadAsync(store, db => ReadAsync(db, sourceId, cancellationToken), cancellationToken)) is [var one] ? one : null;

    public Task<MigrationRecord> BeginAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken) =>
        Border.WriteAsync(
            store,
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.LockAsync([new PatientKey(BeginLock, plan.SourceId)], cancellationToken);
                if (await db.Migrations.AnyAsync(one => one.SourceId == plan.SourceId, cancellationToken))
                    throw new MigrationConflictException("MIGRATION_EXISTS");
                db.Add(new MigrationRow { SourceId = plan.SourceId, Version = 1, StartedAt = clock.GetUtcNow(), Load = load });
                PlanRows.Add(db, plan);
                db.AddRange(plan.Slices().Select(static (slice, at) => new SliceRow
                {
                    SourceId = slice.SourceId,
                    Wave = slice.Wave,
                    CategoryGroup = slice.Group,
                    Position = at,
                }));
                db.Add(Step(plan.SourceId, StepKinds.Begin, note));
                await db.SaveChangesAsync(cancellationToken);
                var begun = await ReadAsync(db, plan.SourceId, cancellationToken);
                await transaction.CommitAsync(CancellationToken.None);
                return begun[0];
            },
            cancellationToken);

    public Task<SliceRecord> MoveAsync(SliceRecord next, MigrationState from, StepNote note, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await SliceMove.ApplyAsync(db, next, from, cancellationToken) == 0)
            {
                throw new MigrationConflictException(
                    await SliceMove.Rows(db, next.Id).AnyAsync(cancellationToken) ? "STATE_MOVED" : "SLICE_UNKNOWN");
            }
            await BumpAsync(db, next.Id.SourceId, cancellationToken);
            db.Add(Step(next.Id.SourceId, StepKinds.Move, note, next.Id, from, next.State));
            await db.SaveChangesAsync(cancellationToken);
            var moved = await SliceMove.Rows(db, next.Id).AsNoTracking().SingleAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return moved.ToRecord();
        },
        cancellationToken);

    public Task BrakeAsync(string sourceId, bool braked, StepNote note, CancellationToken cancellationToken) =>
        ChangeAsync(sourceId, braked ? StepKinds.Brake : StepKinds.Release, note, row => row.Braked = braked, cancellationToken);

    public Task LimitAsync(string sourceId, LegacyLoad load, StepNote note, CancellationToken cancellationToken) =>
        ChangeAsync(sourceId, StepKinds.Limit, note, row => row.Load = load, cancellationToken);

    public Task FollowedAsync(string sourceId, string? cursor, DateTimeOffset? followedAt, Fence fence, CancellationToken cancellationToken) =>
        FencedAsync(
            fence,
            db => db.Migrations.Where(one => one.SourceId == sourceId).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(static one => one.Cursor, cursor);
                    if (followedAt is not null)
                        set.SetProperty(static one => one.FollowedAt, followedAt);
                },
                cancellationToken),
            cancellationToken);

    public Task CountedAsync(SliceId slice, long total, bool listed, Fence fence, CancellationToken cancellationToken) => FencedAsync(
        fence,
        db => SliceMove.Rows(db, slice).ExecuteUpdateAsync(
            set => set.SetProperty(static one => one.Total, total).SetProperty(static one => one.Listed, listed), cancellationToken),
        cancellationToken);

    public Task VerifiedAsync(SliceId slice, VerifiedSlice result, Fence fence, CancellationToken cancellationToken) =>
        FencedAsync(fence, db => SliceFindings.VerifiedAsync(db, slice, result, cancellationToken), cancellationToken);

    public Task ShadowedAsync(SliceId slice, long reads, IReadOnlyList<FieldDifference> differences, CancellationToken cancellationToken) =>
        Border.WriteAsync(store, db => SliceFindings.ShadowedAsync(db, slice, reads, differences, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<FieldDifference>> DifferencesAsync(SliceId slice, int most, CancellationToken cancellationToken) =>
        Border.ReadAsync(store, db => SliceFindings.DifferencesAsync(db, slice, most, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<MappingLoss>> LossesAsync(SliceId slice, CancellationToken cancellationToken) =>
        Border.ReadAsync(store, db => SliceFindings.LossesAsync(db, slice, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<SliceStep>> StepsAsync(string sourceId, CancellationToken cancellationToken) => Border.ReadAsync<IReadOnlyList<SliceStep>>(
        store,
        async db => (await db.Steps.AsNoTracking().Where(step => step.SourceId == sourceId && step.Kind == StepKinds.Move)
                .OrderBy(static step => step.Id).ToListAsync(cancellationToken))
            .ConvertAll(static step => new SliceStep(
                new SliceId(step.SourceId, step.Wave!, step.CategoryGroup!), step.FromState!.Value, step.ToState!.Value,
                new StepNote(step.DoneBy, step.Reason, step.Evidence), step.DoneAt)),
        cancellationToken);

    public Task DeclareAsync(Equivalence equivalence, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            db.Add(new EquivalenceRow
            {
                Id = equivalence.Id,
                SourceId = equivalence.SourceId,
                Field = ServerText.Of(equivalence.Field),
                Owner = ServerText.Of(equivalence.Owner),
                Reason = ServerText.Of(equivalence.Reason),
                Until = equivalence.Until,
                DeclaredAt = clock.GetUtcNow(),
            });
            return await db.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    public Task<IReadOnlyList<Equivalence>> EquivalencesAsync(string sourceId, CancellationToken cancellationToken) =>
        Border.ReadAsync<IReadOnlyList<Equivalence>>(
            store,
            async db => (await db.Equivalences.AsNoTracking().Where(one => one.SourceId == sourceId)
                    .OrderBy(static one => one.DeclaredAt).ThenBy(static one => one.Id).ToListAsync(cancellationToken))
                .ConvertAll(static row => row.ToEquivalence()),
            cancellationToken);

    /// <summary>The version is read before the slices: who keeps a record may meet a newer slice under it, never an older one.</summary>
    private async Task<IReadOnlyList<MigrationRecord>> ReadAsync(NationalDb db, string? sourceId, CancellationToken cancellationToken)
    {
        var migrations = await db.Migrations.AsNoTracking().Where(one => sourceId == null || one.SourceId == sourceId)
            .OrderBy(static one => one.SourceId).ToListAsync(cancellationToken);
        if (migrations.Count == 0)
            return [];
        var slices = (await db.Slices.AsNoTracking().Where(one => sourceId == null || one.SourceId == sourceId)
            .OrderBy(static one => one.Position).ToListAsync(cancellationToken)).ToLookup(static one => one.SourceId, static one => one.ToRecord());
        var records = new List<MigrationRecord>(migrations.Count);
        foreach (var row in migrations)
        {
            records.Add(new MigrationRecord(await plans.ReadAsync(db, row, cancellationToken), [.. slices[row.SourceId]])
            {
                Version = row.Version,
                StartedAt = row.StartedAt,
                Cursor = row.Cursor,
                FollowedAt = row.FollowedAt,
                Braked = row.Braked,
                Load = row.Load,
            });
        }
        return records;
    }

    private Task ChangeAsync(string sourceId, string kind, StepNote note, Action<MigrationRow> change, CancellationToken cancellationToken) =>
        Border.WriteAsync(
            store,
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // Moves the version first, which keeps everybody else off the row.
                await BumpAsync(db, sourceId, cancellationToken);
                change(await db.Migrations.SingleAsync(one => one.SourceId == sourceId, cancellationToken));
                db.Add(Step(sourceId, kind, note));
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancellationToken);

    private Task FencedAsync(Fence fence, Func<NationalDb, Task<int>> change, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await FenceCheck.HoldAsync(db, fence, cancellationToken);
            if (await change(db) == 0)
                throw new MigrationConflictException("SLICE_UNKNOWN");
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        },
        cancellationToken);

    private static async Task BumpAsync(NationalDb db, string sourceId, CancellationToken cancellationToken)
    {
        if (await db.Migrations.Where(one => one.SourceId == sourceId)
            .ExecuteUpdateAsync(static set => set.SetProperty(static one => one.Version, static one => one.Version + 1), cancellationToken) == 0)
            throw new MigrationConflictException("MIGRATION_UNKNOWN");
    }

    private StepRow Step(
        string sourceId, string kind, StepNote note, SliceId? slice = null, MigrationState? from = null, MigrationState? to = null) => new()
        {
            SourceId = sourceId,
            Kind = kind,
            Wave = slice?.Wave,
            CategoryGroup = slice?.Group,
            FromState = from,
            ToState = to,
            DoneBy = note.By,
            Reason = note.Reason is { } reason ? ServerText.Of(reason) : null,
            Evidence = note.Evidence,
            DoneAt = clock.GetUtcNow(),
        };
}
