using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DmpFederation.Hub.Storage;

/// <summary>
/// A prepared statement by the engine's own functions, for the few that stand on the path of every request or row. Parameters keep their values until they
/// are bound again. One caller at a time; the connection stays the caller's.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt statement;

    /// <exception cref="SqliteException">The engine does not understand it.</exception>
    public SqliteStatement(SqliteConnection connection, string text)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle, text, out statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, string? value) =>
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, value));

    public void Bind(int parameter, byte[]? value)
    {
        if (value is null)
            BindNull(parameter);
        else
            Bind(parameter, value.AsSpan());
    }

    /// <summary>Nothing is not the same as no bytes (<see cref="BindNull"/>).</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(
        value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, value));

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(statement, parameter));

    /// <summary>Goes to the next row; false when there is none. <see cref="Reset"/> ends the reading.</summary>
    /// <exception cref="SqliteException">The engine failed.</exception>
    public bool Step()
    {
        var answer = raw.sqlite3_step(statement);
        if (answer is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return answer == raw.SQLITE_ROW;
        // Made before the reset, which may not tell any more.
        try
        {
            Check(answer);
            throw new InvalidOperationException("The engine answered neither a row nor a fault.");
        }
        finally
        {
            Reset();
        }
    }

    public void Reset() => _ = raw.sqlite3_reset(statement);

    /// <summary>Runs it to its end; true when it gave a row.</summary>
    /// <exception cref="SqliteException">The engine failed.</exception>
    public bool Run()
    {
        var any = Step();
        while (any && Step())
        {
            // Changes are made wholly only when every row was taken.
        }
        Reset();
        return any;
    }

    /// <summary>Runs it where nothing depends on it any more.</summary>
    public void TryRun()
    {
        _ = raw.sqlite3_step(statement);
        Reset();
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public void Dispose() => statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);
}
