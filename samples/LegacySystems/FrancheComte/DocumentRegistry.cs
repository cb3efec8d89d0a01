using System.Xml.Linq;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>
/// The index (one SQLite file) and the folder of documents beside it. Readers open it for each question, so they see what a writer of another
/// process has registered meanwhile. What care changes after deposit (status, visibility) stands in columns of its own.
/// </summary>
internal sealed class DocumentRegistry(string folder)
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS patient (ins_c TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS document (
          unique_id TEXT NOT NULL PRIMARY KEY,
          ins_c     TEXT NOT NULL REFERENCES patient (ins_c),
          status    TEXT NOT NULL,              -- Approved, Deprecated, Archived, Deleted
          metadata  TEXT NOT NULL,              -- the document element of the index, without status and confidentiality
          file      TEXT NOT NULL,              -- below the folder of documents; holds many of them
          place     INTEGER NOT NULL,           -- of its first byte in the file
          size      INTEGER NOT NULL            -- bytes
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS ix_document_patient ON document (ins_c);
        CREATE TABLE IF NOT EXISTS confidentiality (
          unique_id TEXT NOT NULL REFERENCES document (unique_id),
          code      TEXT NOT NULL,
          system    TEXT NOT NULL,
          PRIMARY KEY (unique_id, code)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS journal (
          number    INTEGER PRIMARY KEY AUTOINCREMENT,
          unique_id TEXT NOT NULL REFERENCES document (unique_id),
          event     TEXT NOT NULL               -- registered, replaced, updated, deleted
        );
        """;

    internal string Documents => Path.Combine(folder, "documents");

    private string IndexFile => Path.Combine(folder, "index.db");

    internal bool Exists => File.Exists(IndexFile);

    /// <summary>Opens the index for writing, making it when it is not there.</summary>
    internal SqliteConnection OpenForWriting()
    {
        Directory.CreateDirectory(Documents);
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;\n" + Schema;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Lines of the index of a patient; null when the patient is unknown.</summary>
    internal async Task<IReadOnlyList<XElement>?> FindAsync(string insC, CancellationToken cancellationToken)
    {
        await using var connection = Open(SqliteOpenMode.ReadWrite);
        await using var known = connection.CreateCommand();
        known.CommandText = "SELECT 1 FROM patient WHERE ins_c = $insC";
        known.Parameters.AddWithValue("$insC", insC);
        if (await known.ExecuteScalarAsync(cancellationToken) is null)
            return null;
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT d.unique_id, d.status, d.metadata, c.code, c.system FROM document d
            LEFT JOIN confidentiality c ON c.unique_id = d.unique_id
            WHERE d.ins_c = $insC ORDER BY d.unique_id, c.code
            """;
        command.Parameters.AddWithValue("$insC", insC);
        var lines = new List<XElement>();
        string? current = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetString(0) != current)
            {
                current = reader.GetString(0);
                var line = XElement.Parse(reader.GetString(2));
                line.Add(IndexLine.Status(reader.GetString(1)));
                lines.Add(line);
            }
            if (!reader.IsDBNull(3))
                lines[^1].Add(IndexLine.Coded("confidentialityCode", reader.GetString(3), reader.GetString(4), null));
        }
        return lines;
    }

    /// <summary>Bytes of a document; null when there is none of that kind, or its file is gone.</summary>
    /// <param name="uniqueId">The document.</param>
    /// <param name="deleted">
    /// False for those that may be served, true for deleted ones, kept for those who must take back what they drew from them.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal async Task<byte[]?> ContentOfAsync(string uniqueId, bool deleted, CancellationToken cancellationToken)
    {
        await using var connection = Open(SqliteOpenMode.ReadWrite);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT file, place, size FROM document WHERE unique_id = $id AND (status = 'Deleted') = $deleted";
        command.Parameters.AddWithValue("$id", uniqueId);
        command.Parameters.AddWithValue("$deleted", deleted ? 1 : 0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || !File.Exists(Path.Combine(Documents, reader.GetString(0))))
            return null;
        var content = new byte[reader.GetInt32(2)];
        using var pack = File.OpenHandle(Path.Combine(Documents, reader.GetString(0)), options: FileOptions.Asynchronous);
        var read = 0;
        while (read < content.Length)
        {
            var more = await RandomAccess.ReadAsync(pack, content.AsMemory(read), reader.GetInt64(1) + read, cancellationToken);
            if (more == 0)
                throw new InvalidDataException("A pack of documents is shorter than the index says.");
            read += more;
        }
        return content;
    }

    /// <summary>A page of the journal, each change with the document's line as it stands now.</summary>
    internal async Task<XElement> ChangesAsync(long after, int count, CancellationToken cancellationToken)
    {
        await using var connection = Open(SqliteOpenMode.ReadWrite);
        // One moment of the registry for both questions: a change must not lie beyond the end that is told.
        await using var moment = connection.BeginTransaction(deferred: true);
        await using var ends = connection.CreateCommand();
        ends.CommandText = "SELECT (SELECT MIN(number) FROM journal), COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)";
        long first, last;
        await using (var reader = await ends.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            last = reader.GetInt64(1);
            first = reader.IsDBNull(0) ? last + 1 : reader.GetInt64(0);
        }
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT j.number, j.event, d.unique_id, d.ins_c, d.status, d.metadata,
              (SELECT group_concat(c.code || ' ' || c.system, '|') FROM confidentiality c WHERE c.unique_id = d.unique_id)
            FROM journal j JOIN document d ON d.unique_id = j.unique_id
            WHERE j.number > $after ORDER BY j.number LIMIT $count
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$count", count);
        var changes = new List<XElement>();
        var until = last;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                until = reader.GetInt64(0);
                changes.Add(Change(reader));
            }
        }
        return new XElement(
            IndexLine.Ns + "changes", new XAttribute("first", first), new XAttribute("last", last),
            new XAttribute("until", changes.Count < count ? last : until), changes);
    }

    internal void Delete()
    {
        if (!Directory.Exists(Path.GetDirectoryName(IndexFile)))
            return;
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(IndexFile + suffix);
        if (Directory.Exists(Documents))
            Directory.Delete(Documents, recursive: true);
    }

    private static XElement Change(SqliteDataReader reader)
    {
        var change = new XElement(
            IndexLine.Ns + "change",
            new XAttribute("number", reader.GetInt64(0)),
            new XAttribute("event", reader.GetString(1)),
            new XAttribute("uniqueId", reader.GetString(2)),
            new XAttribute("patientId", $"{reader.GetString(3)}^^^{StoreRoutes.InsC}"));
        if (reader.GetString(4) == "Deleted")
            return change;
        var line = XElement.Parse(reader.GetString(5));
        line.Add(IndexLine.Status(reader.GetString(4)));
        string[] labels = reader.IsDBNull(6) ? [] : reader.GetString(6).Split('|');
        foreach (var label in labels.Order(StringComparer.Ordinal))
            line.Add(IndexLine.Coded("confidentialityCode", label.Split(' ')[0], label.Split(' ')[1], null));
        change.Add(line);
        return change;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = IndexFile, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
