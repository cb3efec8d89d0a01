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

    /// <summary>Bytes of a document that may be served; null when there is none.</summary>
    internal async Task<byte[]?> ContentOfAsync(string uniqueId, CancellationToken cancellationToken)
    {
        await using var connection = Open(SqliteOpenMode.ReadWrite);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT file, place, size FROM document WHERE unique_id = $id AND status <> 'Deleted'";
        command.Parameters.AddWithValue("$id", uniqueId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
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

    internal void Delete()
    {
        if (!Directory.Exists(Path.GetDirectoryName(IndexFile)))
            return;
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(IndexFile + suffix);
        if (Directory.Exists(Documents))
            Directory.Delete(Documents, recursive: true);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = IndexFile, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
