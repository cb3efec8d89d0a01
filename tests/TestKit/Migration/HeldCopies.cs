using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit.Migration;

/// <summary>
/// Stands at the border of the national store of entries: takes copies over in memory as the contract says, whole batches under a fence, with
/// versions, tombstones and the slice's counters. A test damages what it holds, and breaks it before or after a batch is durable. Thread-safe.
/// </summary>
internal sealed class HeldCopies(HeldMigrations migrations, HeldLeases leases) : ICopyStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, PatientKey Key, string Group), Held> held = [];

    /// <summary>Called before each batch is durable; what it throws is what the caller sees, and nothing is written.</summary>
    public Action<CopyBatch>? Before { get; set; }

    /// <summary>Called after each batch is durable; what it throws is what the caller sees.</summary>
    public Action<CopyBatch>? After { get; set; }

    /// <summary>Facts of a slice that count as no valid FHIR.</summary>
    public int Refused { get; set; }

    /// <summary>Batches taken over.</summary>
    public int Batches { get; private set; }

    /// <summary>What is held of a patient's group; null when nothing is.</summary>
    public PatientCopy? Find(string sourceId, PatientKey key, string group)
    {
        lock (gate)
            return held.GetValueOrDefault((sourceId, key, group))?.Copy;
    }

    /// <summary>Changes what is held behind everybody's back.</summary>
    public void Damage(string sourceId, PatientKey key, string group, Func<PatientCopy, PatientCopy> damage)
    {
        lock (gate)
            held[(sourceId, key, group)].Copy = damage(held[(sourceId, key, group)].Copy);
    }

    /// <summary>Loses a patient.</summary>
    public void Lose(string sourceId, PatientKey key, string group)
    {
        lock (gate)
            held.Remove((sourceId, key, group));
    }

    public Task<IReadOnlyList<HeldPatient>> ReadAsync(string sourceId, IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var found = new List<HeldPatient>();
            foreach (var key in keys)
            {
                var own = held.Where(one => one.Key.Source == sourceId && one.Key.Key == key).ToList();
                if (own.Count > 0)
                    found.Add(new HeldPatient(key, own[0].Value.Wave, own.ToDictionary(static one => one.Key.Group, static one => one.Value.Shown)));
            }
            return Task.FromResult<IReadOnlyList<HeldPatient>>(found);
        }
    }

    public Task<TakenOver> TakeOverAsync(CopyBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TakenOver taken = default;
        lock (gate)
        {
            if (migrations.Fault is { } code)
                throw new MigrationUnavailableException(code);
            if (batch.Copies.DistinctBy(static copy => copy.Key).Count() != batch.Copies.Count)
                throw new ArgumentException("A batch holds a patient twice.", nameof(batch));
            leases.Check(batch.Fence);
            Before?.Invoke(batch);
            foreach (var copy in batch.Copies)
                taken = Sum(taken, Take(batch, copy));
            migrations.Change(batch.Slice, slice => slice with
            {
                Copied = slice.Copied + taken.Patients,
                Checkpoint = batch.Checkpoint ?? slice.Checkpoint,
            });
            Batches++;
        }
        After?.Invoke(batch);
        return Task.FromResult(taken);
    }

    public Task ConfirmAsync(SliceId slice, IReadOnlyList<PatientKey> keys, DateTimeOffset at, Fence fence, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            leases.Check(fence);
            foreach (var key in keys)
                held[(slice.SourceId, key, slice.Group)].ConfirmedAt = at;
        }
        return Task.CompletedTask;
    }

    public Task<SliceCounts> CountAsync(SliceId slice, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var own = Of(slice).Select(static one => one.Value).ToList();
            return Task.FromResult(new SliceCounts(
                own.Count,
                own.Sum(static one => (long)one.Copy.Entries.Count),
                own.Sum(static one => (long)one.Versions.Values.Count(static versions => versions[^1].Entry is null)),
                own.Sum(static one => (long)one.Copy.Contents.Count),
                Refused,
                own.Sum(static one => one.Versions.Values.Sum(static versions => (long)versions.Count))));
        }
    }

    public async IAsyncEnumerable<PatientKey> ListAsync(
        SliceId slice, PatientKey? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<PatientKey> keys;
        lock (gate)
            keys = [.. Of(slice).Select(static one => one.Key.Key).Order(KeyOrder.Ordinal)];
        foreach (var key in keys.SkipWhile(key => after is { } last && KeyOrder.Ordinal.Compare(key, last) <= 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    public Task<ContentCopy?> OpenContentAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(held.Where(one => one.Key.Source == sourceId && one.Key.Key == key)
                .Select(one => one.Value.Copy.Contents.GetValueOrDefault(localId)).FirstOrDefault(static content => content is not null));
        }
    }

    public Task<IReadOnlyList<HeldVersion>> HistoryAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<HeldVersion>>(held.Where(one => one.Key.Source == sourceId && one.Key.Key == key)
                .Select(one => one.Value.Versions.GetValueOrDefault(localId)).FirstOrDefault(static versions => versions is not null)?.ToList() ?? []);
        }
    }

    private IEnumerable<KeyValuePair<(string Source, PatientKey Key, string Group), Held>> Of(SliceId slice) => held.Where(
        one => one.Key.Source == slice.SourceId && one.Key.Group == slice.Group && one.Value.Wave == slice.Wave);

    private TakenOver Take(CopyBatch batch, PatientCopy copy)
    {
        var place = (batch.Slice.SourceId, copy.Key, batch.Slice.Group);
        var isNew = !held.TryGetValue(place, out var before);
        before ??= held[place] = new Held(batch.Slice.Wave);
        var (added, changed, withdrawn, unchanged) = (0, 0, 0, 0);
        foreach (var entry in copy.Entries)
        {
            if (before.Versions.GetValueOrDefault(entry.LocalId)?[^1].Entry is not { } last)
                (added, _) = (added + 1, before.Append(entry.LocalId, entry, batch.At));
            else if (EntryDiff.Between(last, entry).Count > 0)
                (changed, _) = (changed + 1, before.Append(entry.LocalId, entry, batch.At));
            else
                unchanged++;
        }
        var now = copy.Entries.Select(static entry => entry.LocalId).ToHashSet(StringComparer.Ordinal);
        foreach (var (localId, versions) in before.Versions)
        {
            if (versions[^1].Entry is not null && !now.Contains(localId))
                (withdrawn, _) = (withdrawn + 1, before.Append(localId, null, batch.At));
        }
        (before.Copy, before.ConfirmedAt) = (copy, batch.At);
        return new TakenOver(isNew ? 1 : 0, added, changed, withdrawn, unchanged, 0);
    }

    private static TakenOver Sum(TakenOver one, TakenOver other) => new(
        one.Patients + other.Patients, one.Added + other.Added, one.Changed + other.Changed,
        one.Withdrawn + other.Withdrawn, one.Unchanged + other.Unchanged, one.Refused + other.Refused);

    private sealed class Held(string wave)
    {
        public string Wave => wave;

        public PatientCopy Copy { get; set; } = null!;

        public DateTimeOffset ConfirmedAt { get; set; }

        /// <summary>As it is read: contents are opened one by one.</summary>
        public HeldCopy Shown => new(Copy with { Contents = new Dictionary<string, ContentCopy>() }, ConfirmedAt);

        public Dictionary<string, List<HeldVersion>> Versions { get; } = new(StringComparer.Ordinal);

        public int Append(string localId, DossierEntry? entry, DateTimeOffset at)
        {
            if (!Versions.TryGetValue(localId, out var versions))
                Versions.Add(localId, versions = []);
            versions.Add(new HeldVersion(versions.Count + 1, entry, at, null));
            return versions.Count;
        }
    }
}
