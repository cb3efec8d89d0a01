using System.Globalization;
using System.Text.Json;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>
/// What became of a world since it was written, in one SQLite file beside it: facts that are new or other, copies to come, events that a system has
/// not taken yet. It outlives the programs, so that a later day goes on where this one ends, and nothing of it is kept in memory. Not thread-safe.
/// </summary>
internal sealed class ChangeStore : IWorldChanges, IDisposable
{
    private const string FileName = "drip.db";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS fact (id TEXT NOT NULL PRIMARY KEY, patient INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS fact_patient ON fact (patient);
        CREATE TABLE IF NOT EXISTS touched (patient INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS copy (
          number INTEGER PRIMARY KEY AUTOINCREMENT, patient INTEGER NOT NULL, source TEXT NOT NULL, facts TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS copy_patient ON copy (patient);
        CREATE TABLE IF NOT EXISTS begun (source TEXT NOT NULL PRIMARY KEY, event TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS counter (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;

    // Identifiers are pairs; pairs have fields.
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    private readonly SqliteConnection connection;

    private ChangeStore(SqliteConnection connection) => this.connection = connection;

    /// <summary>True when the world of a folder ever went on.</summary>
    public static bool Exists(string data) => File.Exists(Path.Combine(data, FileName));

    /// <summary>Opens the file of a folder, making it when it is not there.</summary>
    public static ChangeStore Open(string data)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, FileName), Pooling = false }.ConnectionString);
        connection.Open();
        var store = new ChangeStore(connection);
        store.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;\n" + Schema);
        return store;
    }

    /// <summary>A new world has not gone on.</summary>
    public static void Delete(string data)
    {
        foreach (var end in (string[])["", "-wal", "-shm"])
            File.Delete(Path.Combine(data, FileName + end));
    }

    /// <summary>Number of the event begun last; 0 for none.</summary>
    public long LastNumber => Number("SELECT value FROM counter WHERE name = 'event'") ?? 0;

    public int CopyCount => (int)Number("SELECT count(*) FROM copy")!.Value;

    /// <summary>Number of the last event that concerned a patient and is done; 0 for none.</summary>
    public long SeqOf(int patient) => Number("SELECT seq FROM touched WHERE patient = $p0", patient) ?? 0;

    public IReadOnlyList<SyntheticFact> FactsOf(int patient) =>
        Read("SELECT json FROM fact WHERE patient = $p0 ORDER BY id", static row => Parse<SyntheticFact>(row.GetString(0)), patient);

    public IReadOnlyList<CopyToCome> CopiesOf(int patient) =>
        Read("SELECT number, patient, source, facts FROM copy WHERE patient = $p0 ORDER BY number", CopyOf, patient);

    public CopyToCome? NextCopy(InDoubt doubt)
    {
        using var command = Prepared("SELECT number, patient, source, facts FROM copy ORDER BY number");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (!doubt.Patients.Contains(reader.GetInt32(1)) && !doubt.Sources.Contains(reader.GetString(2)))
                return CopyOf(reader);
        }

        return null;
    }

    /// <summary>Events that are begun and not done: at most one a source.</summary>
    public IReadOnlyList<WorldEvent> Begun() => Read("SELECT event FROM begun ORDER BY source", static row => Parse<WorldEvent>(row.GetString(0)));

    /// <summary>Keeps an event before its system is told.</summary>
    public void Begin(WorldEvent happening)
    {
        using var transaction = connection.BeginTransaction();
        Run("INSERT INTO counter VALUES ('event', $p0) ON CONFLICT (name) DO UPDATE SET value = $p0", happening.Number);
        Run("INSERT INTO begun VALUES ($p0, $p1)", happening.SourceId, JsonSerializer.Serialize(happening, Json));
        transaction.Commit();
    }

    /// <summary>The system has the event: the world is as the event leaves it.</summary>
    public void Complete(WorldEvent happened)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var fact in happened.Facts)
            Run(
                "INSERT INTO fact VALUES ($p0, $p1, $p2) ON CONFLICT (id) DO UPDATE SET json = $p2",
                fact.Id, happened.Patient, JsonSerializer.Serialize(fact, Json));
        foreach (var copy in happened.Copies)
            Run(
                "INSERT INTO copy (patient, source, facts) VALUES ($p0, $p1, $p2)",
                copy.Patient, copy.SourceId, JsonSerializer.Serialize(copy.Facts, Json));
        if (happened.Copy is { } arrived)
            Run("DELETE FROM copy WHERE number = $p0", arrived);
        Run("INSERT INTO touched VALUES ($p0, $p1) ON CONFLICT (patient) DO UPDATE SET seq = max(seq, $p1)", happened.Patient, happened.Number);
        Run("DELETE FROM begun WHERE source = $p0", happened.SourceId);
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    private static CopyToCome CopyOf(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), row.GetString(2), Parse<IReadOnlyList<SyntheticFact>>(row.GetString(3)));

    private static T Parse<T>(string text) => JsonSerializer.Deserialize<T>(text, Json)!;

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> of, params ReadOnlySpan<object> values)
    {
        using var command = Prepared(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(of(reader));
        return rows;
    }

    private long? Number(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Prepared(sql, values);
        return command.ExecuteScalar() as long?;
    }

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Prepared(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepared(string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{index}"), values[index]);
        return command;
    }
}
