using System.Data.Common;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>Deposits, the same on every engine. Thread-safe.</summary>
internal sealed class DepositStore(NationalStore store) : IDepositStore
{
    private static StoreBorder Border => StoreBorder.Deposits;

    public Task<KeepOutcome> KeepAsync(NewDeposit deposit, CancellationToken cancellationToken)
    {
        var digest = DepositDigest.Of(deposit.Draft);
        return Border.WriteAsync(store, db => KeepAsync(db, deposit, digest, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<HeldRecord>> ReadAsync(IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken) =>
        Border.ReadAsync<IReadOnlyList<HeldRecord>>(
            store,
            async db =>
            {
                var known = new bool[keys.Count];
                var held = keys.Select(static _ => new List<HeldDeposit>()).ToArray();
                await using var read = new RepeatedStatement(db, DepositQuery.Read, "@system", "@value");
                foreach (var key in keys)
                    read.Add(key.System, key.Value);
                await read.ReadAsync(
                    (at, row) =>
                    {
                        known[at] |= row.GetBoolean(0);
                        if (!row.IsDBNull(1))
                            held[at].Add(new HeldDeposit(row.GetString(1), Enum.Parse<EntryCategory>(row.GetString(2)), row.GetFieldValue<byte[]>(3)));
                    },
                    cancellationToken);
                return [.. keys.Select((key, at) => new HeldRecord(key, known[at] || held[at].Count > 0, held[at]))];
            },
            cancellationToken);

    public Task<DepositContent?> OpenContentAsync(PatientKey key, string uniqueId, CancellationToken cancellationToken) => Border.ReadAsync(
        store,
        async db =>
        {
            DepositContent? content = null;
            await using var open = new RepeatedStatement(db, DepositQuery.Content, "@system", "@value", "@id");
            open.Add(key.System, key.Value, uniqueId);
            await open.ReadAsync((_, row) => content = new DepositContent(row.GetString(0), row.GetFieldValue<byte[]>(1)), cancellationToken);
            return content;
        },
        cancellationToken);

    public Task ProbeAsync(CancellationToken cancellationToken) => Border.ReadyAsync(store, cancellationToken);

    private static async Task<KeepOutcome> KeepAsync(NationalDb db, NewDeposit deposit, byte[] digest, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await InsertAsync(db, deposit, digest, cancellationToken))
        {
            return await FindAsync(db, deposit.UniqueId, deposit.Patient, "", cancellationToken) is { } known
                && known.Digest.AsSpan().SequenceEqual(digest)
                ? new KeepOutcome.Kept(await ReceiptAsync(db, deposit.UniqueId, known.ReceivedAt, cancellationToken), IsNew: false)
                : new KeepOutcome.Conflict("UNIQUE_ID_USED");
        }
        if (deposit.Draft.Replaces is { } former && await ReplaceAsync(db, deposit, former, cancellationToken) is { } hindrance)
            return hindrance;
        if (deposit.Draft.Content is { } content)
            db.Add(new DepositContentRow { UniqueId = deposit.UniqueId, ContentType = content.ContentType, Bytes = content.Bytes.ToArray() });
        foreach (var target in deposit.Targets)
        {
            db.Add(new DeliveryRow
            {
                UniqueId = deposit.UniqueId,
                SourceId = target,
                DueAt = deposit.ReceivedAt,
                ClaimedUntil = DateTimeOffset.UnixEpoch,
                ChangedAt = deposit.ReceivedAt,
            });
        }
        await db.SaveChangesAsync(cancellationToken);
        var receipt = await ReceiptAsync(db, deposit.UniqueId, deposit.ReceivedAt, cancellationToken);
        // From here on it may have been kept: giving up would leave the depositor not knowing.
        await transaction.CommitAsync(CancellationToken.None);
        return new KeepOutcome.Kept(receipt, IsNew: true);
    }

    /// <summary>False when the name is taken.</summary>
    private static async Task<bool> InsertAsync(NationalDb db, NewDeposit deposit, byte[] digest, CancellationToken cancellationToken)
    {
        await using var insert = new RepeatedStatement(
            db, DepositQuery.Insert,
            "@id", "@system", "@value", "@category", "@digest", "@resource", "@received", "@by", "@profession", "@organization", "@replaces");
        insert.Add(
            deposit.UniqueId, deposit.Patient.System, deposit.Patient.Value, deposit.Category.ToString(), digest, deposit.Resource.ToArray(),
            deposit.ReceivedAt.ToUnixTimeMilliseconds(), deposit.Depositor.Id, deposit.Depositor.Profession, deposit.Depositor.OrganizationId,
            deposit.Draft.Replaces);
        return await insert.RunAsync(cancellationToken) > 0;
    }

    /// <summary>
    /// Null when the former one is replaced by this one now. Who neither made it nor belongs to the structure that did learns nothing of it.
    /// </summary>
    private static async Task<KeepOutcome?> ReplaceAsync(NationalDb db, NewDeposit deposit, string former, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, former, deposit.Patient, db.ForUpdate, cancellationToken) is not { } known
            || !(ProfessionalId.Same(known.DepositedBy, deposit.Depositor.Id)
                || (known.Organization is { } organization && organization == deposit.Depositor.OrganizationId)))
            return new KeepOutcome.NothingToReplace();
        if (known.ReplacedBy is not null)
            return new KeepOutcome.Conflict("REPLACED_ALREADY");
        await using var replace = new RepeatedStatement(db, DepositQuery.Replace, "@by", "@id");
        replace.Add(deposit.UniqueId, former);
        await replace.RunAsync(cancellationToken);
        await using var supersede = new RepeatedStatement(db, DepositQuery.Supersede, "@code", "@at", "@id");
        supersede.Add(DeliveryCodes.Replaced, deposit.ReceivedAt.ToUnixTimeMilliseconds(), former);
        await supersede.RunAsync(cancellationToken);
        return null;
    }

    private static async Task<KnownDeposit?> FindAsync(
        NationalDb db, string uniqueId, PatientKey patient, string hold, CancellationToken cancellationToken)
    {
        KnownDeposit? known = null;
        await using var find = new RepeatedStatement(db, DepositQuery.Find + hold, "@id", "@system", "@value");
        find.Add(uniqueId, patient.System, patient.Value);
        await find.ReadAsync(
            (_, row) => known = new KnownDeposit(
                row.GetFieldValue<byte[]>(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), Text(row, 3), Text(row, 4)),
            cancellationToken);
        return known;
    }

    private static async Task<DepositReceipt> ReceiptAsync(
        NationalDb db, string uniqueId, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var lines = new List<DeliveryStatus>();
        await using var read = new RepeatedStatement(db, DepositQuery.Lines, "@id");
        read.Add(uniqueId);
        await read.ReadAsync(
            (_, row) => lines.Add(new DeliveryStatus(row.GetString(0), Enum.Parse<DeliveryState>(row.GetString(1)), Text(row, 2))), cancellationToken);
        // As it is kept: to the millisecond, so that every receipt of it says the same.
        return new DepositReceipt(uniqueId, DateTimeOffset.FromUnixTimeMilliseconds(receivedAt.ToUnixTimeMilliseconds()), lines);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private sealed record KnownDeposit(byte[] Digest, DateTimeOffset ReceivedAt, string DepositedBy, string? Organization, string? ReplacedBy);
}
