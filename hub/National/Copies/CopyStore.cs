using System.Data.Common;
using System.Runtime.CompilerServices;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Copies.Writing;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Moves;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies;

/// <summary>The national store of entries, the same on every engine but for the door by which new rows go in (<see cref="ICopyDoor"/>). Thread-safe.</summary>
internal sealed class CopyStore(NationalStore store, IIntakeCheck intake) : ICopyStore
{
    private const int Page = 500;

    private static StoreBorder Border => StoreBorder.Migrations;

    public Task<IReadOnlyList<HeldPatient>> ReadAsync(string sourceId, IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken) =>
        Border.ReadAsync<IReadOnlyList<HeldPatient>>(
            store,
            async db =>
            {
                var read = new HeldRows(keys);
                await using var find = new RepeatedStatement(db, CopyQuery.Read, "@source", "@system", "@value");
                foreach (var key in keys)
                    find.Add(sourceId, key.System, key.Value);
                await find.ReadAsync(read.Add, cancellationToken);
                return read.Patients();
            },
            cancellationToken);

    public async Task<TakenOver> TakeOverAsync(CopyBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Copies.DistinctBy(static copy => copy.Key).Count() != batch.Copies.Count)
            throw new ArgumentException("A batch holds a patient twice.", nameof(batch));
        var copies = new PreparedCopy[batch.Copies.Count];
        await EachAsync(copies.Length, at => copies[at] = PreparedCopy.Of(batch.Copies[at]), cancellationToken);
        // What is held is read and facts are checked before the transaction, which keeps everybody else from writing.
        var (batches, held) = await Border.ReadAsync(
            store,
            async db =>
            {
                var slice = new CopyTransaction(db, batch.Slice);
                return (await slice.BatchesAsync(hold: false, cancellationToken), await slice.HeldAsync(copies, cancellationToken));
            },
            cancellationToken);
        await CheckAsync(copies, held, cancellationToken);
        return await Border.WriteAsync(store, db => WriteAsync(db, batch, copies, (batches, held), cancellationToken), cancellationToken);
    }

    public Task ConfirmAsync(SliceId slice, IReadOnlyList<PatientKey> keys, DateTimeOffset at, Fence fence, CancellationToken cancellationToken) =>
        Border.WriteAsync(
            store,
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await FenceCheck.HoldAsync(db, fence, cancellationToken);
                await new CopyTransaction(db, slice).ConfirmAsync(keys, at, cancellationToken);
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancellationToken);

    public Task<SliceCounts> CountAsync(SliceId slice, CancellationToken cancellationToken) => Border.ReadAsync(
        store,
        async db =>
        {
            await using var count = new RepeatedStatement(db, CopyQuery.Count, "@source", "@wave", "@group");
            count.Add(slice.SourceId, slice.Wave, slice.Group);
            SliceCounts counts = default;
            await count.ReadAsync(
                (_, row) => counts = new SliceCounts(
                    Long(row, 0), Long(row, 1), Long(row, 2), Long(row, 3), Long(row, 4), Long(row, 5) + Long(row, 6)),
                cancellationToken);
            return counts;
        },
        cancellationToken);

    public async IAsyncEnumerable<PatientKey> ListAsync(
        SliceId slice, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = after;
        while (true)
        {
            var page = await PageAsync(slice, last, cancellationToken);
            foreach (var key in page)
                yield return key;
            if (page.Count < Page)
                yield break;
            last = page[^1];
        }
    }

    public Task<ContentCopy?> OpenContentAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken) =>
        Border.ReadAsync(store, db => VersionRows.ContentAsync(db, sourceId, key, localId, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<HeldVersion>> HistoryAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken) =>
        Border.ReadAsync(store, db => VersionRows.HistoryAsync(db, sourceId, key, localId, cancellationToken), cancellationToken);

    private async Task<TakenOver> WriteAsync(
        NationalDb db, CopyBatch batch, PreparedCopy[] copies, (long Batches, HeldState?[] Held) before, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await FenceCheck.HoldAsync(db, batch.Fence, cancellationToken);
        var slice = new CopyTransaction(db, batch.Slice);
        var held = before.Held;
        if (await slice.BatchesAsync(hold: true, cancellationToken) != before.Batches)
        {
            // Another one took patients of this slice over meanwhile: what counts is what is held now.
            held = await slice.HeldAsync(copies, cancellationToken);
            await CheckAsync(copies, held, cancellationToken);
        }
        var diff = new CopyDiff(new NewRows(batch.Slice.SourceId, batch.Slice.Group, batch.Slice.Wave, batch.At));
        for (var at = 0; at < copies.Length; at++)
            diff.Add(copies[at], held[at]);
        await slice.WriteAsync(diff, cancellationToken);
        await slice.AdvanceAsync(diff.Total.Patients, batch.Checkpoint, cancellationToken);
        // From here on it may have been written: giving up would leave the caller not knowing.
        await transaction.CommitAsync(CancellationToken.None);
        return diff.Total;
    }

    private Task CheckAsync(PreparedCopy[] copies, HeldState?[] held, CancellationToken cancellationToken) =>
        EachAsync(copies.Length, at => copies[at].Check(held[at], intake), cancellationToken);

    /// <summary>On every core: most of what taking over costs is reading resources whole.</summary>
    private static Task EachAsync(int count, Action<int> work, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, count, cancellationToken, (at, _) =>
        {
            work(at);
            return ValueTask.CompletedTask;
        });

    private Task<List<PatientKey>> PageAsync(SliceId slice, PatientKey? after, CancellationToken cancellationToken) => Border.ReadAsync(
        store,
        async db =>
        {
            await using var list = new RepeatedStatement(db, CopyQuery.List, "@source", "@wave", "@group", "@system", "@value", "@most");
            list.Add(slice.SourceId, slice.Wave, slice.Group, after?.System ?? "", after?.Value ?? "", Page);
            var page = new List<PatientKey>(Page);
            await list.ReadAsync((_, row) => page.Add(new PatientKey(row.GetString(0), row.GetString(1))), cancellationToken);
            return page;
        },
        cancellationToken);

    private static long Long(DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
