using DmpFederation.Hub.Storage;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>
/// One prepared statement that puts a row in, by the engine's own functions: a command of the library costs as much as the row. Values are bound in
/// order. Not thread-safe.
/// </summary>
/// <param name="connection">Open; the caller keeps and disposes it.</param>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns as a statement names them, in the order of the values.</param>
internal sealed class SqliteRow(SqliteConnection connection, string table, string columns) : IDisposable
{
    private readonly SqliteStatement statement = new(
        connection, $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", Enumerable.Repeat("?", columns.Count(static one => one == ',') + 1))})");

    private int at;

    public SqliteRow Text(string? value)
    {
        statement.Bind(++at, value);
        return this;
    }

    public SqliteRow Number(long value)
    {
        statement.Bind(++at, value);
        return this;
    }

    public SqliteRow Bytes(byte[]? value)
    {
        statement.Bind(++at, value);
        return this;
    }

    public SqliteRow Bytes(ReadOnlySpan<byte> value)
    {
        statement.Bind(++at, value);
        return this;
    }

    public SqliteRow Null()
    {
        statement.BindNull(++at);
        return this;
    }

    /// <summary>Puts the row in.</summary>
    public void Insert()
    {
        at = 0;
        statement.Run();
    }

    public void Dispose() => statement.Dispose();
}
