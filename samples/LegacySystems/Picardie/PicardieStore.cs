using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>
/// The region's database: every version of every resource, which version is current, and what the current ones are searched by. Readers take
/// connections of their own; one connection writes.
/// </summary>
internal sealed class PicardieStore : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS resource (
          seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, updated INTEGER NOT NULL,
          deleted INTEGER NOT NULL, current INTEGER NOT NULL, patient TEXT, date_from INTEGER, date_to INTEGER, json BLOB NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS resource_version ON resource (type, id, version);
        CREATE INDEX IF NOT EXISTS resource_patient ON resource (patient, type, seq) WHERE current = 1;
        CREATE INDEX IF NOT EXISTS resource_type ON resource (type, seq) WHERE current = 1;
        CREATE INDEX IF NOT EXISTS resource_history ON resource (updated, seq);
        CREATE TABLE IF NOT EXISTS token (seq INTEGER NOT NULL, parameter TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS token_code ON token (parameter, code, system, seq);
        CREATE INDEX IF NOT EXISTS token_seq ON token (seq);
        """;

    /// <summary>Versions stored in one transaction of a bulk: larger ones would swell the journal to the size of the world.</summary>
    private const int VersionsPerTransaction = 10_000;

    private readonly string connectionString;
    private readonly SqliteConnection writing;
    private readonly Lock turn = new();
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? bulk;
    private SqliteTransaction? current;
    private int inBulk;

    private PicardieStore(string connectionString)
    {
        this.connectionString = connectionString;
        writing = Connect();
        // What was answered for is on the disk.
        Execute(writing, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        Execute(writing, Schema);
    }

    /// <summary>True when a folder holds a database.</summary>
    public static bool Exists(string folder) => File.Exists(FileOf(folder));

    /// <summary>Opens the database of a folder; makes it when there is none.</summary>
    public static PicardieStore Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return new PicardieStore(new SqliteConnectionStringBuilder { DataSource = FileOf(folder) }.ToString());
    }

    /// <summary>A connection for reading; dispose it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>What is stored until the bulk is disposed becomes visible by and by, many versions at once.</summary>
    public IDisposable BeginBulk()
    {
        Execute(writing, "PRAGMA synchronous = NORMAL;");
        bulk = writing.BeginTransaction();
        return new Bulk(this);
    }

    /// <summary>Stores a new version; <c>meta.versionId</c> and <c>meta.lastUpdated</c> are the server's.</summary>
    public StoredResource Put(string type, string id, JsonObject resource, DateTimeOffset updated)
    {
        lock (turn)
        {
            using var own = bulk is null ? writing.BeginTransaction() : null;
            current = bulk ?? own;
            var stored = Store(type, id, resource, updated);
            own?.Commit();
            TurnOver();
            return stored;
        }
    }

    /// <summary>
    /// Stores a new resource unless one is found by the condition; what is found is given instead. Looking and storing are one transaction, which no
    /// other writer comes between, of this process or another.
    /// </summary>
    /// <exception cref="FhirFault">Several are found.</exception>
    public (StoredResource Resource, bool Created) Create(string type, JsonObject resource, SearchQuery? unless, DateTimeOffset updated)
    {
        lock (turn)
        {
            using var own = writing.BeginTransaction();
            current = own;
            var found = unless is null ? [] : PicardieQueries.Search(writing, own, unless);
            if (found.Count > 1)
                throw new FhirFault(412, "multiple-matches", "If-None-Exist is met by several resources.");
            if (found.Count == 1)
                return (found[0], false);
            var stored = Store(type, Guid.NewGuid().ToString(), resource, updated);
            own.Commit();
            return (stored, true);
        }
    }

    /// <summary>Stores a deletion; null when there was nothing to delete.</summary>
    public StoredResource? Delete(string type, string id, DateTimeOffset updated)
    {
        lock (turn)
        {
            using var own = bulk is null ? writing.BeginTransaction() : null;
            current = bulk ?? own;
            var version = NextVersion(type, id);
            if (version == 1)
                return null;
            var moment = DateTimeOffset.FromUnixTimeMilliseconds(updated.ToUnixTimeMilliseconds());
            var seq = Insert(type, id, version, moment, deleted: true, index: null, []);
            own?.Commit();
            return new StoredResource(seq, type, id, version, moment, true, []);
        }
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        writing.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    private static string FileOf(string folder) => Path.Combine(folder, "picardie.db");

    private StoredResource Store(string type, string id, JsonObject resource, DateTimeOffset updated)
    {
        var version = NextVersion(type, id);
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(updated.ToUnixTimeMilliseconds());
        resource["id"] = id;
        var meta = resource["meta"] as JsonObject ?? [];
        meta["versionId"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        meta["lastUpdated"] = FhirJson.Instant(moment);
        resource["meta"] = meta.Parent is null ? meta : meta.DeepClone();
        var json = FhirJson.Bytes(resource);
        using var document = JsonDocument.Parse(json);
        var index = ResourceIndex.Of(type, id, document.RootElement);
        var seq = Insert(type, id, version, moment, deleted: false, index, json);
        foreach (var token in index.Tokens)
            InsertToken(seq, token);
        return new StoredResource(seq, type, id, version, moment, false, json);
    }

    private int NextVersion(string type, string id)
    {
        var command = Command(
            "SELECT seq, version FROM resource WHERE type = $type AND id = $id AND current = 1", ("$type", type), ("$id", id));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return 1;
        var (seq, version) = (reader.GetInt64(0), reader.GetInt32(1));
        reader.Close();
        var retire = Command("UPDATE resource SET current = 0 WHERE seq = $seq; DELETE FROM token WHERE seq = $seq", ("$seq", seq));
        retire.ExecuteNonQuery();
        return version + 1;
    }

    private long Insert(string type, string id, int version, DateTimeOffset updated, bool deleted, ResourceIndex? index, byte[] json)
    {
        var command = Command(
            """
            INSERT INTO resource (type, id, version, updated, deleted, current, patient, date_from, date_to, json)
            VALUES ($type, $id, $version, $updated, $deleted, 1, $patient, $from, $to, $json) RETURNING seq
            """,
            ("$type", type), ("$id", id), ("$version", version), ("$updated", updated.ToUnixTimeMilliseconds()), ("$deleted", deleted ? 1 : 0),
            ("$patient", index?.Patient), ("$from", index?.From), ("$to", index?.To), ("$json", json));
        return (long)command.ExecuteScalar()!;
    }

    private void InsertToken(long seq, IndexToken token)
    {
        var command = Command(
            "INSERT INTO token (seq, parameter, system, code) VALUES ($seq, $parameter, $system, $code)",
            ("$seq", seq), ("$parameter", token.Parameter), ("$system", token.System), ("$code", token.Code));
        command.ExecuteNonQuery();
    }

    // Each statement is compiled once; one connection writes, and one writer at a time.
    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!prepared.TryGetValue(text, out var command))
        {
            command = writing.CreateCommand();
            command.CommandText = text;
            foreach (var (name, _) in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            prepared.Add(text, command);
        }
        command.Transaction = current;
        for (var index = 0; index < parameters.Length; index++)
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        return command;
    }

    private void TurnOver()
    {
        if (bulk is null || ++inBulk % VersionsPerTransaction != 0)
            return;
        bulk.Commit();
        bulk.Dispose();
        bulk = writing.BeginTransaction();
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private sealed class Bulk(PicardieStore store) : IDisposable
    {
        public void Dispose()
        {
            store.bulk?.Commit();
            store.bulk?.Dispose();
            store.bulk = null;
            Execute(store.writing, "PRAGMA synchronous = FULL;");
        }
    }
}
