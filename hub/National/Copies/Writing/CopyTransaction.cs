using System.Data.Common;
using System.Text;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>What is read and written of a slice on one context, step by step; the caller has a transaction around what belongs together.</summary>
internal sealed class CopyTransaction(NationalDb db, SliceId slice)
{
    /// <summary>How many batches the slice took; kept from moving until the transaction ends when <paramref name="hold"/> is true.</summary>
    /// <exception cref="MigrationConflictException"><c>SLICE_UNKNOWN</c>.</exception>
    public async Task<long> BatchesAsync(bool hold, CancellationToken cancellationToken)
    {
        await using var find = new RepeatedStatement(db, hold ? CopyQuery.Slice + db.ForUpdate : CopyQuery.Slice, "@source", "@wave", "@group");
        find.Add(slice.SourceId, slice.Wave, slice.Group);
        long? batches = null;
        await find.ReadAsync((_, row) => batches = row.GetInt64(0), cancellationToken);
        return batches ?? throw new MigrationConflictException("SLICE_UNKNOWN");
    }

    /// <summary>What is held of these patients, in their order; null where nothing is.</summary>
    /// <exception cref="MigrationConflictException"><c>OTHER_WAVE</c>: a patient is held in another wave of the source.</exception>
    public async Task<HeldState?[]> HeldAsync(IReadOnlyList<PreparedCopy> copies, CancellationToken cancellationToken)
    {
        var held = new HeldState?[copies.Count];
        await using var find = new RepeatedStatement(db, CopyQuery.Held, "@source", "@system", "@value", "@group");
        foreach (var copy in copies)
            find.Add(slice.SourceId, copy.Copy.Key.System, copy.Copy.Key.Value, slice.Group);
        await find.ReadAsync((at, row) => Add(held[at] ??= StateOf(row), row), cancellationToken);
        return Array.TrueForAll(held, state => state is null || state.Wave == slice.Wave) ? held : throw new MigrationConflictException("OTHER_WAVE");
    }

    public async Task WriteAsync(CopyDiff diff, CancellationToken cancellationToken)
    {
        await FollowAsync(CopyQuery.KeepVersion, diff, cancellationToken);
        await FollowAsync(CopyQuery.RemoveVersion, diff, cancellationToken);
        await StateAsync(diff, cancellationToken);
        await ConfirmAsync(diff.Confirmed, diff.Rows.At, cancellationToken);
        await KeepAsync(diff.Rows, cancellationToken);
        await db.CopyDoor.InsertAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), diff.Rows, cancellationToken);
    }

    public async Task ConfirmAsync(IReadOnlyList<PatientKey> keys, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var confirm = new RepeatedStatement(db, CopyQuery.Confirm, "@source", "@system", "@value", "@group", "@at");
        foreach (var key in keys)
            confirm.Add(slice.SourceId, key.System, key.Value, slice.Group, at.ToUnixTimeMilliseconds());
        await confirm.RunAsync(cancellationToken);
    }

    /// <summary>Moves the counters of the slice, and its checkpoint when there is one.</summary>
    public async Task AdvanceAsync(int patients, string? checkpoint, CancellationToken cancellationToken)
    {
        await using var advance = new RepeatedStatement(
            db, CopyQuery.Advance, "@source", "@wave", "@group", "@patients", "@moves", "@checkpoint");
        advance.Add(slice.SourceId, slice.Wave, slice.Group, (long)patients, checkpoint is not null, checkpoint);
        await advance.RunAsync(cancellationToken);
    }

    private async Task FollowAsync(string text, CopyDiff diff, CancellationToken cancellationToken)
    {
        await using var statement = new RepeatedStatement(db, text, "@source", "@system", "@value", "@group", "@id");
        foreach (var (key, localId) in diff.Followed)
            statement.Add(slice.SourceId, key.System, key.Value, slice.Group, localId);
        await statement.RunAsync(cancellationToken);
    }

    private async Task StateAsync(CopyDiff diff, CancellationToken cancellationToken)
    {
        await using var restate = new RepeatedStatement(
            db, CopyQuery.Restate, "@source", "@system", "@value", "@group", "@unknown", "@statements", "@at");
        foreach (var copy in diff.Restated)
        {
            restate.Add(
                slice.SourceId, copy.Key.System, copy.Key.Value, slice.Group, copy.IsUnknown, copy.Statements, diff.Rows.At.ToUnixTimeMilliseconds());
        }
        await restate.RunAsync(cancellationToken);
    }

    private async Task KeepAsync(NewRows rows, CancellationToken cancellationToken)
    {
        await using var keep = new RepeatedStatement(
            db, CopyQuery.KeepContent, "@source", "@system", "@value", "@group", "@id", "@sha256", "@type", "@bytes", "@at");
        foreach (var content in rows.Contents)
        {
            keep.Add(
                slice.SourceId, content.Key.System, content.Key.Value, slice.Group, content.LocalId, content.Sha256,
                ServerText.Of(content.Content.ContentType), content.Content.Bytes.ToArray(), rows.At.ToUnixTimeMilliseconds());
        }
        await keep.RunAsync(cancellationToken);
    }

    private static HeldState StateOf(DbDataReader row) => new(row.GetString(0), row.GetBoolean(1), row.GetFieldValue<byte[]>(2));

    private static void Add(HeldState state, DbDataReader row)
    {
        if (row.IsDBNull(3))
            return;
        state.Facts[Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(3))] = new HeldFact(
            row.GetInt32(4), Enum.Parse<VersionState>(row.GetString(5)), Enum.Parse<EntryCategory>(row.GetString(6)),
            row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7), row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
            row.IsDBNull(9) ? null : new IntakeFault(row.GetString(9), row.GetString(10)));
    }
}
