using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// The data version of a SQLite file, as one kept connection sees it: another number once anybody else has changed the file, in this process or in
/// another one (sqlite.org/pragma.html#pragma_data_version). Asked at every lookup, so by the engine's own functions: a command of the library costs
/// several times the question. One caller at a time.
/// </summary>
internal sealed class SqliteDataVersion : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt question;

    public SqliteDataVersion(SqliteConnection connection)
    {
        this.connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, "PRAGMA data_version", out question), connection.Handle);
    }

    public long Read()
    {
        var answer = raw.sqlite3_step(question);
        var version = raw.sqlite3_column_int64(question, 0);
        var reset = raw.sqlite3_reset(question);
        if (answer != raw.SQLITE_ROW)
            SqliteException.ThrowExceptionForRC(reset == raw.SQLITE_OK ? raw.SQLITE_ERROR : reset, connection.Handle);
        return version;
    }

    public void Dispose() => question.Dispose();
}
