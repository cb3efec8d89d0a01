using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.TestKit.Migration;

/// <summary>Stands at the border of the store of migrations: keeps what it is given in memory. Tests change it as a runner would. Thread-safe.</summary>
internal sealed class HeldMigrations(TimeProvider? clock = null, HeldLeases? leases = null) : IMigrationStore
{
    private const int MostDifferences = 1_000;

    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private readonly Dictionary<string, MigrationRecord> held = new(StringComparer.Ordinal);
    private readonly List<SliceStep> steps = [];
    private readonly List<Equivalence> equivalences = [];
    private readonly Dictionary<SliceId, VerifiedSlice> verified = [];

    /// <summary>Code to fail with; null while it can be used.</summary>
    public string? Fault { get; set; }

    /// <summary>What slices were found to differ in.</summary>
    public List<FieldDifference> Differences { get; } = [];

    /// <summary>What the last verification of a slice found; null when there was none.</summary>
    public VerifiedSlice? Verified(SliceId slice)
    {
        lock (gate)
            return verified.GetValueOrDefault(slice);
    }

    /// <summary>Looks of all readers.</summary>
    public int Looks { get; private set; }

    /// <summary>Changes one slice.</summary>
    public void Change(SliceId slice, Func<SliceRecord, SliceRecord> change) => Put(slice.SourceId, record => record with
    {
        Version = record.Version + 1,
        Slices = [.. record.Slices.Select(one => one.Id == slice ? change(one) : one)],
    });

    /// <summary>Changes every slice.</summary>
    public void ChangeAll(string sourceId, Func<SliceRecord, SliceRecord> change) => Put(sourceId, record => record with
    {
        Version = record.Version + 1,
        Slices = [.. record.Slices.Select(change)],
    });

    public Task<IReadOnlyList<MigrationRecord>> AllAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<MigrationRecord>>(
        () => [.. held.Values.OrderBy(static record => record.Plan.SourceId, StringComparer.Ordinal)]);

    public Task<MigrationRecord?> FindAsync(string sourceId, CancellationToken cancellationToken) => Read(() => held.GetValueOrDefault(sourceId));

    public Task<MigrationRecord> BeginAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken) => Read(() =>
        held.TryAdd(plan.SourceId, Begun(plan, load)) ? held[plan.SourceId] : throw new MigrationConflictException("MIGRATION_EXISTS"));

    public Task<SliceRecord> MoveAsync(SliceRecord next, MigrationState from, StepNote note, CancellationToken cancellationToken) => Read(() =>
    {
        if (held[next.Id.SourceId].Slices.First(slice => slice.Id == next.Id).State != from)
            throw new MigrationConflictException("STATE_MOVED");
        // Counters move on by themselves; of evidence a mover can only say that it holds no more.
        Change(next.Id, held => next with
        {
            Copied = held.Copied,
            Total = held.Total,
            Listed = held.Listed,
            Checkpoint = MigrationState.Copying == next.State || MigrationState.Copying == next.Resumes ? held.Checkpoint : null,
            VerifiedAt = next.VerifiedAt is null ? null : held.VerifiedAt,
            Differences = next.VerifiedAt is null ? 0 : held.Differences,
        });
        steps.Add(new SliceStep(next.Id, from, next.State, note, clock.GetUtcNow()));
        return held[next.Id.SourceId].Slices.First(slice => slice.Id == next.Id);
    });

    public Task BrakeAsync(string sourceId, bool braked, StepNote note, CancellationToken cancellationToken) =>
        Read(() => Put(sourceId, record => record with { Braked = braked, Version = record.Version + 1 }));

    public Task LimitAsync(string sourceId, LegacyLoad load, StepNote note, CancellationToken cancellationToken) =>
        Read(() => Put(sourceId, record => record with { Load = load }));

    public Task FollowedAsync(string sourceId, string? cursor, DateTimeOffset? followedAt, Fence fence, CancellationToken cancellationToken) =>
        Read(() =>
        {
            leases?.Check(fence);
            return Put(sourceId, record => record with { Cursor = cursor, FollowedAt = followedAt ?? record.FollowedAt });
        });

    public Task CountedAsync(SliceId slice, long total, bool listed, Fence fence, CancellationToken cancellationToken) => Read(() =>
    {
        leases?.Check(fence);
        Change(slice, one => one with { Total = total, Listed = listed });
        return true;
    });

    public Task VerifiedAsync(SliceId slice, VerifiedSlice result, Fence fence, CancellationToken cancellationToken) => Read(() =>
    {
        leases?.Check(fence);
        verified[slice] = result;
        Differences.RemoveAll(static difference => !difference.InShadow);
        Differences.InsertRange(0, result.Differences.Take(MostDifferences));
        Change(slice, one => one with { VerifiedAt = result.At, Differences = result.Unexplained });
        return true;
    });

    public Task ShadowedAsync(SliceId slice, long reads, IReadOnlyList<FieldDifference> differences, CancellationToken cancellationToken) => Read(() =>
    {
        Change(slice, one => one with { ShadowReads = one.ShadowReads + reads });
        return true;
    });

    public Task<IReadOnlyList<FieldDifference>> DifferencesAsync(SliceId slice, int most, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<FieldDifference>>(() => [.. Differences.Take(most)]);

    public Task<IReadOnlyList<MappingLoss>> LossesAsync(SliceId slice, CancellationToken cancellationToken) =>
        Read(() => verified.GetValueOrDefault(slice)?.Losses ?? []);

    public Task<IReadOnlyList<SliceStep>> StepsAsync(string sourceId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<SliceStep>>(() => [.. steps.Where(step => step.Slice.SourceId == sourceId)]);

    public Task DeclareAsync(Equivalence equivalence, CancellationToken cancellationToken) => Read(() =>
    {
        equivalences.Add(equivalence);
        return true;
    });

    public Task<IReadOnlyList<Equivalence>> EquivalencesAsync(string sourceId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Equivalence>>(() => [.. equivalences.Where(one => one.SourceId == sourceId)]);

    private MigrationRecord Begun(MigrationPlan plan, LegacyLoad load) => new(
        plan,
        [
            .. plan.Slices().Select(static id => new SliceRecord
            {
                Id = id, State = MigrationState.Federated, ServedNationally = false, Copied = 0, Total = 0, Differences = 0,
            }),
        ])
    {
        Version = 1,
        StartedAt = clock.GetUtcNow(),
        Load = load,
    };

    private bool Put(string sourceId, Func<MigrationRecord, MigrationRecord> change)
    {
        lock (gate)
        {
            held[sourceId] = change(held[sourceId]);
            return true;
        }
    }

    private Task<T> Read<T>(Func<T> read)
    {
        lock (gate)
        {
            Looks++;
            return Fault is { } code ? Task.FromException<T>(new MigrationUnavailableException(code)) : Task.FromResult(read());
        }
    }
}
