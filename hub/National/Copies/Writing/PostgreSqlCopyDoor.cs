using System.Data.Common;
using DmpFederation.Sdk;
using Npgsql;
using NpgsqlTypes;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>Binary <c>COPY</c>: rows go to the server without a statement each.</summary>
internal sealed class PostgreSqlCopyDoor : ICopyDoor
{
    private const string Copies = $"COPY patient_copy ({CopyQuery.CopyColumns}) FROM STDIN (FORMAT BINARY)";

    private const string Entries = $"COPY entry ({CopyQuery.EntryColumns}) FROM STDIN (FORMAT BINARY)";

    public async Task InsertAsync(DbConnection connection, DbTransaction transaction, NewRows rows, CancellationToken cancellationToken)
    {
        var server = (NpgsqlConnection)connection;
        var at = rows.At.ToUnixTimeMilliseconds();
        if (rows.Copies.Count > 0)
        {
            await using var import = await server.BeginBinaryImportAsync(Copies, cancellationToken);
            foreach (var copy in rows.Copies)
            {
                await StartAsync(import, rows, copy.Key, cancellationToken);
                await import.WriteAsync(rows.Wave, NpgsqlDbType.Text, cancellationToken);
                await import.WriteAsync(copy.IsUnknown, NpgsqlDbType.Boolean, cancellationToken);
                await import.WriteAsync(copy.Statements, NpgsqlDbType.Bytea, cancellationToken);
                await import.WriteAsync(at, NpgsqlDbType.Bigint, cancellationToken);
                await import.WriteAsync(at, NpgsqlDbType.Bigint, cancellationToken);
            }
            await import.CompleteAsync(cancellationToken);
        }
        if (rows.Entries.Count > 0)
        {
            await using var import = await server.BeginBinaryImportAsync(Entries, cancellationToken);
            foreach (var entry in rows.Entries)
                await WriteAsync(import, rows, entry, at, cancellationToken);
            await import.CompleteAsync(cancellationToken);
        }
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter import, NewRows rows, NewEntry entry, long at, CancellationToken cancellationToken)
    {
        await StartAsync(import, rows, entry.Key, cancellationToken);
        await import.WriteAsync(entry.LocalId, NpgsqlDbType.Bytea, cancellationToken);
        await import.WriteAsync(entry.Number, NpgsqlDbType.Integer, cancellationToken);
        await import.WriteAsync(entry.StateName, NpgsqlDbType.Varchar, cancellationToken);
        await import.WriteAsync(entry.CategoryName, NpgsqlDbType.Varchar, cancellationToken);
        await import.WriteAsync(at, NpgsqlDbType.Bigint, cancellationToken);
        await WriteAsync(import, entry.Hash, cancellationToken);
        await WriteAsync(import, entry.ContentHash, cancellationToken);
        await WriteAsync(import, entry.Envelope, cancellationToken);
        if (entry.Resource is { } resource)
            await import.WriteAsync(resource, NpgsqlDbType.Bytea, cancellationToken);
        else
            await import.WriteNullAsync(cancellationToken);
        await WriteAsync(import, entry.Fault?.Code, cancellationToken);
        await WriteAsync(import, entry.Fault?.Reason, cancellationToken);
    }

    private static async Task StartAsync(NpgsqlBinaryImporter import, NewRows rows, PatientKey key, CancellationToken cancellationToken)
    {
        await import.StartRowAsync(cancellationToken);
        await import.WriteAsync(rows.SourceId, NpgsqlDbType.Text, cancellationToken);
        await import.WriteAsync(key.System, NpgsqlDbType.Text, cancellationToken);
        await import.WriteAsync(key.Value, NpgsqlDbType.Text, cancellationToken);
        await import.WriteAsync(rows.CategoryGroup, NpgsqlDbType.Text, cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter import, byte[]? value, CancellationToken cancellationToken) =>
        value is null ? import.WriteNullAsync(cancellationToken) : import.WriteAsync(value, NpgsqlDbType.Bytea, cancellationToken);

    private static Task WriteAsync(NpgsqlBinaryImporter import, string? value, CancellationToken cancellationToken) =>
        value is null ? import.WriteNullAsync(cancellationToken) : import.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);
}
