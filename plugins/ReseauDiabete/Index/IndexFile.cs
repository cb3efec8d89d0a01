using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>
/// The index's SQLite file in the source's state folder. It holds what the exports say and no more, so it may be removed at any time: a missing,
/// damaged or foreign one is built anew.
/// </summary>
internal sealed class IndexFile(string stateFolder, string exportFolder)
{
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    private readonly string path = Path.Combine(stateFolder, "reseau-diabete.sqlite");

    private string ReadString => new SqliteConnectionStringBuilder
    {
        DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true, DefaultTimeout = 5,
    }.ConnectionString;

    private string WriteString => new SqliteConnectionStringBuilder
    {
        DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 30,
    }.ConnectionString;

    /// <summary>Makes sure the index is there and of this folder. True when it had to be begun anew.</summary>
    public bool Ensure()
    {
        if (File.Exists(path) && IsUsable())
            return false;
        Remove();
        Directory.CreateDirectory(stateFolder);
        using var connection = OpenForWriting();
        using var transaction = connection.BeginTransaction();
        Run(connection, IndexSchema.Create + $"PRAGMA user_version = {IndexSchema.Version};");
        using var own = connection.CreateCommand();
        own.CommandText = "INSERT INTO origin (folder) VALUES ($folder)";
        own.Parameters.AddWithValue("$folder", exportFolder);
        own.ExecuteNonQuery();
        transaction.Commit();
        return true;
    }

    public bool Exists => File.Exists(path);

    /// <summary>A connection that cannot write, from the pool.</summary>
    public SqliteConnection OpenForReading()
    {
        var connection = new SqliteConnection(ReadString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenForWriting()
    {
        var connection = new SqliteConnection(WriteString);
        try
        {
            connection.Open();
            // Readers go on while a week is taken; what a crash loses is read from the exports again.
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;");
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes idle connections, which keep the file open.</summary>
    public void Close()
    {
        using var any = new SqliteConnection(ReadString);
        SqliteConnection.ClearPool(any);
    }

    public void Remove()
    {
        Close();
        foreach (var part in Parts)
            File.Delete(path + part);
    }

    /// <summary>True for an error after which a new index helps.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT;

    /// <summary>What a failure of the index means to the hub: its own state is in trouble, not the network's answer.</summary>
    public static SourceFaultException Fault() => new("INDEX_FAILED");

    private bool IsUsable()
    {
        try
        {
            using var connection = OpenForReading();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            if (command.ExecuteScalar() is not long version || version != IndexSchema.Version)
                return false;
            command.CommandText = "SELECT folder FROM origin";
            return command.ExecuteScalar() is string folder && folder == exportFolder;
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
