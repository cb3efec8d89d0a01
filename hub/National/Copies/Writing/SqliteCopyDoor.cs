using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>One prepared statement for each table, inside the caller's transaction.</summary>
internal sealed class SqliteCopyDoor : ICopyDoor
{
    /// <summary>Rows between two looks whether the caller still waits.</summary>
    private const int Stretch = 256;

    public Task InsertAsync(DbConnection connection, DbTransaction transaction, NewRows rows, CancellationToken cancellationToken)
    {
        var file = (SqliteConnection)connection;
        var at = rows.At.ToUnixTimeMilliseconds();
        InsertCopies(file, rows, at);
        InsertEntries(file, rows, at, cancellationToken);
        return Task.CompletedTask;
    }

    private static void InsertCopies(SqliteConnection file, NewRows rows, long at)
    {
        if (rows.Copies.Count == 0)
            return;
        using var row = new SqliteRow(file, "patient_copy", CopyQuery.CopyColumns);
        foreach (var copy in rows.Copies)
        {
            row.Text(rows.SourceId).Text(copy.Key.System).Text(copy.Key.Value).Text(rows.CategoryGroup).Text(rows.Wave)
                .Number(copy.IsUnknown ? 1 : 0).Bytes(copy.Statements).Number(at).Number(at).Insert();
        }
    }

    private static void InsertEntries(SqliteConnection file, NewRows rows, long at, CancellationToken cancellationToken)
    {
        if (rows.Entries.Count == 0)
            return;
        using var row = new SqliteRow(file, "entry", CopyQuery.EntryColumns);
        for (var index = 0; index < rows.Entries.Count; index++)
        {
            if (index % Stretch == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var entry = rows.Entries[index];
            row.Text(rows.SourceId).Text(entry.Key.System).Text(entry.Key.Value).Text(rows.CategoryGroup).Bytes(entry.LocalId)
                .Number(entry.Number).Text(entry.StateName).Text(entry.CategoryName).Number(at)
                .Bytes(entry.Hash).Bytes(entry.ContentHash).Bytes(entry.Envelope);
            if (entry.Resource is { } resource)
                row.Bytes(resource.Span);
            else
                row.Null();
            row.Text(entry.Fault?.Code).Text(entry.Fault?.Reason).Insert();
        }
    }
}
