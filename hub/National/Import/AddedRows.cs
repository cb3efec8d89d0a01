using System.Data.Common;
using System.Text;
using DmpFederation.Hub.National.Persons;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DmpFederation.Hub.National.Import;

/// <summary>
/// Writes the new rows of a context by statements of many rows each, prepared once a table. The library writes to SQLite one row a statement, which
/// takes a register of a whole region several times as long.
/// </summary>
internal static class AddedRows
{
    private const int RowsPerStatement = 40;

    /// <summary>Inserts what was added; the context knows of it no longer, and goes on knowing what was changed.</summary>
    public static async Task InsertAsync(NationalDb db, CancellationToken cancellationToken)
    {
        var added = db.ChangeTracker.Entries().Where(static entry => entry.State == EntityState.Added).ToList();
        // Every other table points to the person.
        foreach (var table in added.GroupBy(static entry => entry.Metadata).OrderBy(static table => table.Key.ClrType != typeof(PersonRow)))
            await InsertAsync(db, table.Key, [.. table], cancellationToken);
        foreach (var entry in added)
            entry.State = EntityState.Detached;
    }

    private static async Task InsertAsync(NationalDb db, IEntityType table, EntityEntry[] rows, CancellationToken cancellationToken)
    {
        // Numbers the engine gives are left to it.
        var columns = table.GetProperties().Where(static column => column.ValueGenerated == ValueGenerated.Never).ToArray();
        DbCommand? command = null;
        try
        {
            var prepared = 0;
            foreach (var chunk in rows.Chunk(RowsPerStatement))
            {
                if (command is null || prepared != chunk.Length)
                {
                    if (command is not null)
                        await command.DisposeAsync();
                    command = Command(db, table, columns, chunk.Length);
                    prepared = chunk.Length;
                    if (rows.Length > RowsPerStatement)
                        await command.PrepareAsync(cancellationToken);
                }
                for (var at = 0; at < command.Parameters.Count; at++)
                    command.Parameters[at].Value = Value(chunk[at / columns.Length].Entity, columns[at % columns.Length]);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            if (command is not null)
                await command.DisposeAsync();
        }
    }

    private static DbCommand Command(NationalDb db, IEntityType table, IProperty[] columns, int rows)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var text = new StringBuilder("INSERT INTO ").Append(table.GetTableName())
            .Append(" (").AppendJoin(", ", columns.Select(static column => column.GetColumnName())).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            var names = Array.ConvertAll(columns, column => $"@{column.Name}{row}");
            text.Append(row == 0 ? "(" : ", (").AppendJoin(", ", names).Append(')');
            for (var at = 0; at < columns.Length; at++)
                command.Parameters.Add(columns[at].GetRelationalTypeMapping().CreateParameter(command, names[at], null, columns[at].IsNullable));
        }
        command.CommandText = text.ToString();
        return command;
    }

    private static object Value(object row, IProperty column)
    {
        var value = column.PropertyInfo!.GetValue(row);
        return (value is null ? null : column.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
    }
}
