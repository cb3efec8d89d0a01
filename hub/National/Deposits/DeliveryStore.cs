using System.Data.Common;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>Lines from deposits to legacy systems, the same on every engine. Thread-safe.</summary>
internal sealed class DeliveryStore(NationalStore store, TimeProvider clock) : IDeliveryStore
{
    private static StoreBorder Border => StoreBorder.Deposits;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<DueDelivery>> ClaimAsync(int most, DateTimeOffset until, CancellationToken cancellationToken) =>
        Border.WriteAsync<IReadOnlyList<DueDelivery>>(
            store,
            async db =>
            {
                var claimed = new List<(long Id, long Claim)>();
                await using (var claim = new RepeatedStatement(db, DeliveryQuery.Claim(db.ForUpdate), "@until", "@now", "@most"))
                {
                    claim.Add(until.ToUnixTimeMilliseconds(), Now, most);
                    await claim.ReadAsync((_, row) => claimed.Add((row.GetInt64(0), row.GetInt64(1))), cancellationToken);
                }
                claimed.Sort();
                return await LoadAsync(db, claimed, cancellationToken);
            },
            cancellationToken);

    public Task<bool> NoteAsync(DueDelivery delivery, DeliveryNote note, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            await using var write = new RepeatedStatement(
                db, DeliveryQuery.Note, "@state", "@code", "@local", "@attempts", "@due", "@now", "@id", "@claim");
            write.Add(
                note.State.ToString(), note.Code, note.LocalId is { } local ? ServerText.Of(local) : null, note.Attempts,
                note.DueAt.ToUnixTimeMilliseconds(), Now, delivery.Id, delivery.Claim);
            return await write.RunAsync(cancellationToken) > 0;
        },
        cancellationToken);

    public Task<IReadOnlyList<DeliveryLine>> ListAsync(
        IReadOnlyList<string>? sources, DeliveryState? state, int most, long? after, CancellationToken cancellationToken) =>
        Border.ReadAsync<IReadOnlyList<DeliveryLine>>(
            store,
            async db =>
            {
                var lines = db.Deliveries.AsNoTracking();
                if (sources is not null)
                    lines = lines.Where(line => sources.Contains(line.SourceId));
                if (state is { } one)
                    lines = lines.Where(line => line.State == one);
                if (after is { } last)
                    lines = lines.Where(line => line.Id < last);
                return await Shown(db, lines.OrderByDescending(static line => line.Id).Take(most)).ToListAsync(cancellationToken);
            },
            cancellationToken);

    public Task<DeliveryLine?> FindAsync(long id, CancellationToken cancellationToken) => Border.ReadAsync(
        store, db => Shown(db, db.Deliveries.AsNoTracking().Where(line => line.Id == id)).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    public Task<bool> RetryAsync(long id, CancellationToken cancellationToken) => Border.WriteAsync(
        store,
        async db =>
        {
            await using var retry = new RepeatedStatement(db, DeliveryQuery.Retry, "@now", "@id", "@replaced");
            retry.Add(Now, id, DeliveryCodes.Replaced);
            return await retry.RunAsync(cancellationToken) > 0;
        },
        cancellationToken);

    private static IQueryable<DeliveryLine> Shown(NationalDb db, IQueryable<DeliveryRow> lines) => lines
        .Join(
            db.Deposits.AsNoTracking(), static line => line.UniqueId, static deposit => deposit.UniqueId,
            static (line, deposit) => new { line, deposit })
        .OrderByDescending(static one => one.line.Id)
        .Select(static one => new DeliveryLine
        {
            Id = one.line.Id,
            SourceId = one.line.SourceId,
            State = one.line.State,
            Code = one.line.Code,
            Attempts = one.line.Attempts,
            ReceivedAt = one.deposit.ReceivedAt,
            ChangedAt = one.line.ChangedAt,
            DueAt = one.line.State == DeliveryState.Pending ? one.line.DueAt : null,
        });

    private static async Task<List<DueDelivery>> LoadAsync(
        NationalDb db, List<(long Id, long Claim)> claimed, CancellationToken cancellationToken)
    {
        var due = new List<DueDelivery>(claimed.Count);
        await using var load = new RepeatedStatement(db, DeliveryQuery.Load, "@id");
        foreach (var (id, _) in claimed)
            load.Add(id);
        await load.ReadAsync((at, row) => due.Add(Due(claimed[at], row)), cancellationToken);
        return due;
    }

    private static DueDelivery Due((long Id, long Claim) claimed, DbDataReader row) => new()
    {
        Id = claimed.Id,
        Claim = claimed.Claim,
        SourceId = row.GetString(0),
        Attempts = row.GetInt32(1),
        UniqueId = row.GetString(2),
        Patient = new PatientKey(row.GetString(3), row.GetString(4)),
        Depositor = new Depositor(row.GetString(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)),
        Resource = row.GetFieldValue<byte[]>(8),
        Content = row.IsDBNull(9) ? null : new DepositContent(row.GetString(9), row.GetFieldValue<byte[]>(10)),
    };
}
