using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>
/// What was read of the folder: a SQLite file in the source's state folder. One writer, many readers. A damaged one, or one of another version, is
/// made anew from the folder.
/// </summary>
internal sealed class ReportIndex
{
    public const string FileName = "hprim-index.sqlite";

    private const int LockWaitSeconds = 1;

    private readonly string path;
    private readonly string connectionString;

    public ReportIndex(string stateFolder)
    {
        path = Path.Combine(stateFolder, FileName);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = LockWaitSeconds }.ConnectionString;
    }

    /// <summary>Opens it, and makes it when there is none that can be used.</summary>
    public void Prepare()
    {
        if (!IsUsable())
            MakeAnew();
        using var connection = Connect();
        Run(connection, IndexSql.CreateLater);
    }

    /// <summary>A connection of the pool.</summary>
    /// <exception cref="SourceFaultException">The state folder cannot be used.</exception>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives idle connections back.</summary>
    public void Close()
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
    }

    private void MakeAnew()
    {
        Close();
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            File.Delete(file);
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();
        Run(connection, IndexSql.Create);
        Run(connection, $"PRAGMA user_version = {IndexSql.Version}");
        transaction.Commit();
    }

    private bool IsUsable()
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var connection = Connect();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            if ((long)command.ExecuteScalar()! != IndexSql.Version)
                return false;
            command.CommandText = "PRAGMA quick_check(1)";
            return (string)command.ExecuteScalar()! == "ok";
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
