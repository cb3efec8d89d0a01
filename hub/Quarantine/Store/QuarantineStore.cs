using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>The store on EF Core, the same on every engine. The border where faults of an engine become a code.</summary>
internal sealed class QuarantineStore(IQuarantineDatabase database, IOptions<QuarantineOptions> options) : IQuarantineStore, IDisposable
{
    private readonly SemaphoreSlim preparing = new(1);
    private bool prepared;

    public bool Exists => database.Exists;

    public Task ProbeAsync(CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            // Begins to write, and leaves it at that.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<KeptCount>> KeepAsync(IReadOnlyList<SeenItem> items, CancellationToken cancellationToken) =>
        RunAsync(db => new GroupCommit(db, options.Value).RunAsync(items, cancellationToken), cancellationToken);

    public Task<QuarantinedPage> ListAsync(QuarantineFilter filter, int first, long? after, CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            var wanted = Wanted(db, filter);
            if (after is { } last)
                wanted = wanted.Where(item => item.Id < last);
            var items = await wanted.OrderByDescending(static item => item.Id).Take(first + 1).ToListAsync(cancellationToken);
            var refusals = filter.Sources is { } sources ? db.Refusals.Where(one => sources.Contains(one.SourceId)) : db.Refusals;
            var beyond = await refusals.SumAsync(static one => one.Count, cancellationToken);
            return new QuarantinedPage(items.Count > first ? items[..first] : items, items.Count > first, beyond);
        },
        cancellationToken);

    public Task<QuarantinedItem?> FindAsync(long id, CancellationToken cancellationToken) =>
        RunAsync(db => db.Items.AsNoTracking().FirstOrDefaultAsync(item => item.Id == id, cancellationToken), cancellationToken);

    public Task<byte[]?> BytesAsync(long id, CancellationToken cancellationToken) => RunAsync(
        db => db.Bytes.Where(raw => raw.ItemId == id).Select(static raw => (byte[]?)raw.Bytes).FirstOrDefaultAsync(cancellationToken),
        cancellationToken);

    public Task<IReadOnlyDictionary<string, int>> HeldAsync(CancellationToken cancellationToken) => RunAsync<IReadOnlyDictionary<string, int>>(
        async db => await db.Items.Where(static item => item.State == QuarantineState.Held)
            .GroupBy(static item => item.SourceId)
            .Select(static group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(static source => source.Key, static source => source.Count, cancellationToken),
        cancellationToken);

    public Task<bool> ReplayedAsync(
        long id, string? pluginVersion, int entries, string actor, DateTimeOffset now, CancellationToken cancellationToken) => SettleAsync(
        id,
        item =>
        {
            item.State = QuarantineState.Replayed;
            (item.SettledAt, item.SettledBy, item.ReplayedEntries, item.PluginVersion) = (now, actor, entries, pluginVersion);
        },
        cancellationToken);

    public Task<bool> StillUnreadableAsync(
        long id, string? pluginVersion, string code, string reason, DateTimeOffset now, CancellationToken cancellationToken) => SettleAsync(
        id,
        item => (item.Code, item.Reason, item.PluginVersion, item.LastReplay) = (code, reason, pluginVersion, now),
        cancellationToken);

    public Task<bool> DiscardAsync(long id, string actor, string reason, DateTimeOffset now, CancellationToken cancellationToken) => SettleAsync(
        id,
        item =>
        {
            item.State = QuarantineState.Discarded;
            (item.SettledAt, item.SettledBy, item.SettledReason) = (now, actor, reason);
        },
        cancellationToken);

    public Task<int> EraseSettledAsync(DateTimeOffset before, CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var settled = db.Items.Where(item => item.State != QuarantineState.Held && item.SettledAt < before && item.StoredLength > 0);
            await db.Bytes.Where(raw => settled.Any(item => item.Id == raw.ItemId)).ExecuteDeleteAsync(cancellationToken);
            var erased = await settled.ExecuteUpdateAsync(static set => set.SetProperty(static item => item.StoredLength, 0), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return erased;
        },
        cancellationToken);

    public void Dispose() => preparing.Dispose();

    private static IQueryable<QuarantinedItem> Wanted(QuarantineDb db, QuarantineFilter filter)
    {
        var items = db.Items.AsNoTracking();
        if (filter.Sources is { } sources)
            items = items.Where(item => sources.Contains(item.SourceId));
        if (filter.Code is { } code)
            items = items.Where(item => item.Code == code);
        if (filter.State is { } state)
            items = items.Where(item => item.State == state);
        return items;
    }

    private Task<bool> SettleAsync(long id, Action<QuarantinedItem> change, CancellationToken cancellationToken) => RunAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await db.Items.FirstOrDefaultAsync(item => item.Id == id && item.State == QuarantineState.Held, cancellationToken) is not { } held)
                return false;
            change(held);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    private async Task<T> RunAsync<T>(Func<QuarantineDb, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
            await using var db = database.Connect();
            return await work(db);
        }
        catch (QuarantineUnavailableException)
        {
            throw;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Looked at anew next time: whoever mends the store need not restart the hub.
            Volatile.Write(ref prepared, false);
            throw new QuarantineUnavailableException(database.CodeOf(fault));
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref prepared))
            return;
        await preparing.WaitAsync(cancellationToken);
        try
        {
            if (prepared)
                return;
            await database.PrepareAsync(cancellationToken);
            Volatile.Write(ref prepared, true);
        }
        finally
        {
            preparing.Release();
        }
    }
}
