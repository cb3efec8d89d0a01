using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// Two kept connections to one file: one that tells whether anything changed, one that reads. Closed for good after the first fault. One caller at a time
/// may ask for the version, and one, the same or another, may read.
/// </summary>
internal sealed class SqlitePolicySession : IDisposable
{
    private readonly SqliteConnection watching;
    private readonly SqliteConnection reading;
    private readonly SqliteDataVersion version;
    private readonly SqliteCommand find;
    private readonly SqliteCommand load;

    public SqlitePolicySession(string connectionString)
    {
        var given = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 1 }.ConnectionString;
        watching = new SqliteConnection(given);
        reading = new SqliteConnection(given);
        File = reading.DataSource;
        Made = System.IO.File.GetCreationTimeUtc(File);
        find = reading.CreateCommand();
        find.CommandText = PolicyQuery.FindText;
        PolicyQuery.AddFindParameters(find);
        load = reading.CreateCommand();
        load.CommandText = PolicyQuery.LoadText;
        PolicyQuery.AddLoadParameters(load);
        try
        {
            Open(watching);
            Open(reading);
            version = new SqliteDataVersion(watching);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>When the file was made: tells it from one that took its place, which these connections would never see.</summary>
    public DateTime Made { get; }

    /// <summary>Another number once anybody has changed the file.</summary>
    public long Version() => version.Read();

    /// <summary>Whose an identifier is, and that person's epoch; null when nobody's.</summary>
    public (Guid Person, long Epoch)? Find(PatientKey key)
    {
        PolicyQuery.SetFindParameters(find, key);
        using var reader = find.ExecuteReader();
        return reader.Read() ? (reader.GetGuid(0), reader.GetInt64(1)) : null;
    }

    /// <summary>The policy as of one moment; null when there is no such person.</summary>
    public async Task<PatientPolicy?> LoadAsync(Guid person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = reading.BeginTransaction(deferred: true);
        load.Transaction = transaction;
        PolicyQuery.SetLoadParameters(load, person, now);
        await using var reader = await load.ExecuteReaderAsync(cancellationToken);
        return await PolicyQuery.ReadAsync(reader, person, cancellationToken);
    }

    public void Dispose()
    {
        version.Dispose();
        Close();
    }

    private void Close()
    {
        find.Dispose();
        load.Dispose();
        reading.Dispose();
        watching.Dispose();
    }

    /// <summary>A reader waits for nobody in a write-ahead log, but for an instant; one that has to is not worth keeping every request waiting for.</summary>
    private static void Open(SqliteConnection connection)
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 1000; PRAGMA query_only = 1";
        command.ExecuteNonQuery();
    }
}
