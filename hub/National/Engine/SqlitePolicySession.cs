using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Engine;

/// <summary>One kept connection to the file, with its questions prepared. Used by one caller at a time.</summary>
internal sealed class SqlitePolicySession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand version;
    private readonly SqliteCommand find;
    private readonly SqliteCommand load;

    public SqlitePolicySession(string connectionString)
    {
        // A reader waits for nobody in a write-ahead log; one that has to is not worth keeping every request waiting for.
        connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 1 }.ConnectionString);
        File = connection.DataSource;
        Made = System.IO.File.GetCreationTimeUtc(File);
        version = Command("PRAGMA data_version");
        find = Command(PolicyQuery.FindText);
        PolicyQuery.AddFindParameters(find);
        load = Command(PolicyQuery.LoadText);
        PolicyQuery.AddLoadParameters(load);
        try
        {
            connection.Open();
            using var readOnly = Command("PRAGMA query_only = 1");
            readOnly.ExecuteNonQuery();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>When the file was made: tells it from one that took its place, which this connection would never see.</summary>
    public DateTime Made { get; }

    /// <summary>Another number once anybody else has changed the file (sqlite.org/pragma.html#pragma_data_version).</summary>
    public long Version() => (long)version.ExecuteScalar()!;

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
        await using var transaction = connection.BeginTransaction(deferred: true);
        load.Transaction = transaction;
        PolicyQuery.SetLoadParameters(load, person, now);
        await using var reader = await load.ExecuteReaderAsync(cancellationToken);
        return await PolicyQuery.ReadAsync(reader, person, cancellationToken);
    }

    public void Dispose()
    {
        version.Dispose();
        find.Dispose();
        load.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Command(string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
