using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>
/// One prepared statement that puts a row in, by the engine's own functions: a command of the library costs as much as the row. Values are bound in
/// order. Not thread-safe.
/// </summary>
internal sealed class SqliteRow : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt statement;
    private int at;

    public SqliteRow(SqliteConnection connection, string table, params ReadOnlySpan<string> columns)
    {
        this.connection = connection;
        var text = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", Enumerable.Repeat("?", columns.Length))})";
        Check(raw.sqlite3_prepare_v2(connection.Handle, text, out statement));
    }

    public SqliteRow Text(string? value)
    {
        at++;
        Check(value is null ? raw.sqlite3_bind_null(statement, at) : raw.sqlite3_bind_text(statement, at, value));
        return this;
    }

    public SqliteRow Number(long value)
    {
        Check(raw.sqlite3_bind_int64(statement, ++at, value));
        return this;
    }

    public SqliteRow Bytes(byte[]? value) => value is null ? Null() : Bytes(value.AsSpan());

    public SqliteRow Bytes(ReadOnlySpan<byte> value)
    {
        // Nothing is not the same as no bytes.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, ++at, 0) : raw.sqlite3_bind_blob(statement, ++at, value));
        return this;
    }

    public SqliteRow Null()
    {
        Check(raw.sqlite3_bind_null(statement, ++at));
        return this;
    }

    /// <summary>Puts the row in.</summary>
    public void Insert()
    {
        at = 0;
        var done = raw.sqlite3_step(statement);
        var reset = raw.sqlite3_reset(statement);
        if (done != raw.SQLITE_DONE)
            Check(reset == raw.SQLITE_OK ? raw.SQLITE_ERROR : reset);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);
}
