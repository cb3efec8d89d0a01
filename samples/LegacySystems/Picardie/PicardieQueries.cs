using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Reads of the database.</summary>
internal sealed class PicardieQueries(PicardieStore store)
{
    private const string Columns = "r.seq, r.type, r.id, r.version, r.updated, r.deleted, r.json";

    public long LastSeq() => Scalar("SELECT coalesce(max(seq), 0) FROM resource");

    public IReadOnlyList<string> Types()
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        // From type to type by the index: DISTINCT would read every row of it.
        command.CommandText = """
            WITH RECURSIVE held(type) AS (
              SELECT min(type) FROM resource WHERE current = 1
              UNION ALL
              SELECT (SELECT min(type) FROM resource WHERE current = 1 AND type > held.type) FROM held WHERE held.type IS NOT NULL)
            SELECT type FROM held WHERE type IS NOT NULL ORDER BY type
            """;
        using var reader = command.ExecuteReader();
        var types = new List<string>();
        while (reader.Read())
            types.Add(reader.GetString(0));
        return types;
    }

    /// <summary>One page of a search, and one row more when there is a next page.</summary>
    public List<StoredResource> Search(SearchQuery query)
    {
        using var connection = store.Connect();
        return Search(connection, null, query);
    }

    /// <summary>The same as a transaction sees it.</summary>
    public static List<StoredResource> Search(SqliteConnection connection, SqliteTransaction? transaction, SearchQuery query)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var byPatient = query.Filters.Any(filter => SearchFilters.OfPatient(filter.Key));
        var sql = new StringBuilder(
            $"SELECT {Columns} FROM resource r {(byPatient ? "INDEXED BY resource_patient " : "")}WHERE r.current = 1 AND r.deleted = 0 AND r.type = $type");
        command.Parameters.AddWithValue("$type", query.Type);
        command.Parameters.AddWithValue("$after", query.After);
        command.Parameters.AddWithValue("$upTo", query.UpTo);
        command.Parameters.AddWithValue("$limit", query.Count + 1);
        foreach (var (name, value) in query.Filters)
            SearchFilters.Add(sql, command, name, value);
        sql.Append(" AND r.seq > $after AND r.seq <= $upTo ORDER BY r.seq LIMIT $limit");
        command.CommandText = sql.ToString();
        return Rows(command);
    }

    /// <summary>The patient and all that is filed under them.</summary>
    public List<StoredResource> Everything(string patient, long after, long upTo, int count) => Rows(
        $"""
        SELECT {Columns} FROM resource r
        WHERE r.patient = $patient AND r.current = 1 AND r.deleted = 0 AND r.seq > $after AND r.seq <= $upTo
        ORDER BY r.seq LIMIT $limit
        """,
        ("$patient", patient), ("$after", after), ("$upTo", upTo), ("$limit", count + 1));

    public StoredResource? Read(string type, string id) =>
        Rows($"SELECT {Columns} FROM resource r WHERE r.type = $type AND r.id = $id AND r.current = 1", ("$type", type), ("$id", id))
            .FirstOrDefault();

    public StoredResource? ReadVersion(string type, string id, int version) => Rows(
        $"SELECT {Columns} FROM resource r WHERE r.type = $type AND r.id = $id AND r.version = $version",
        ("$type", type), ("$id", id), ("$version", version)).FirstOrDefault();

    /// <summary>Versions of one resource, newest first.</summary>
    public List<StoredResource> Versions(string type, string id) => Rows(
        $"SELECT {Columns} FROM resource r WHERE r.type = $type AND r.id = $id ORDER BY r.version DESC", ("$type", type), ("$id", id));

    /// <summary>Versions of everything, newest first, after a place in that order.</summary>
    public List<StoredResource> History(HistoryQuery query) => Rows(
        $"""
        SELECT {Columns} FROM resource r
        WHERE r.updated >= $since AND r.seq <= $upTo AND (r.updated, r.seq) < ($beforeUpdated, $beforeSeq)
        ORDER BY r.updated DESC, r.seq DESC LIMIT $limit
        """,
        ("$since", query.Since), ("$upTo", query.UpTo), ("$beforeUpdated", query.BeforeUpdated), ("$beforeSeq", query.BeforeSeq),
        ("$limit", query.Count + 1));

    /// <summary>Resources that others refer to, such as <c>Medication/1</c>; those not held are left out.</summary>
    public List<StoredResource> Referred(IEnumerable<StoredResource> from, string property)
    {
        var references = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var resource in from)
        {
            using var document = JsonDocument.Parse(resource.Json);
            if (document.RootElement.TryGetProperty(property, out var reference)
                && reference.TryGetProperty("reference", out var text) && text.GetString() is { } target)
                references.Add(target);
        }
        return
        [
            .. references
                .Select(reference => reference.Split('/'))
                .Where(parts => parts.Length == 2)
                .Select(parts => Read(parts[0], parts[1]))
                .OfType<StoredResource>()
                .Where(resource => !resource.Deleted),
        ];
    }

    private long Scalar(string sql)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private List<StoredResource> Rows(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return Rows(command);
    }

    private static List<StoredResource> Rows(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<StoredResource>();
        while (reader.Read())
        {
            rows.Add(new StoredResource(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)), reader.GetInt64(5) == 1, reader.GetFieldValue<byte[]>(6)));
        }
        return rows;
    }
}
