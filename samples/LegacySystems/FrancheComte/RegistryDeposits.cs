using System.Xml.Linq;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>
/// Every change of the registry, written with its journal in one transaction: SQLite lets one writer in at a time, so the order of the journal is the
/// order of the commits. Not thread-safe; several may run on one store, each within its own short transaction. What is not committed is undone.
/// </summary>
internal sealed class RegistryDeposits : IDisposable
{
    private readonly DocumentRegistry registry;
    private readonly SqliteConnection connection;
    private SqliteTransaction transaction;

    internal RegistryDeposits(DocumentRegistry registry)
    {
        this.registry = registry;
        connection = registry.OpenForWriting();
        transaction = connection.BeginTransaction();
    }

    /// <summary>Makes what was written last, and begins anew.</summary>
    internal void Commit()
    {
        transaction.Commit();
        transaction.Dispose();
        transaction = connection.BeginTransaction();
    }

    /// <summary>Registers a document.</summary>
    /// <param name="insC">Whose.</param>
    /// <param name="uniqueId">Its uniqueId.</param>
    /// <param name="line">Its index line, without status and confidentiality.</param>
    /// <param name="file">Its content.</param>
    /// <param name="path">Where to keep it, below the folder of documents.</param>
    /// <param name="replaces">uniqueId of the document it replaces (RPLC); null when none.</param>
    internal void Register(string insC, string uniqueId, XElement line, byte[] file, string path, string? replaces = null)
    {
        var target = Path.Combine(registry.Documents, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllBytes(target, file);
        if (replaces is not null)
            line = new XElement(line.Name, line.Attributes(), line.Elements(), new XElement(IndexLine.Ns + "replaces", replaces));
        Enter(insC, uniqueId, line, path, 0, file.Length);
        if (replaces is null)
            return;
        Deprecate(replaces);
    }

    /// <summary>Enters a document whose bytes are kept already.</summary>
    /// <param name="insC">Whose.</param>
    /// <param name="uniqueId">Its uniqueId.</param>
    /// <param name="line">Its index line, without status and confidentiality.</param>
    /// <param name="path">The file that holds it, below the folder of documents.</param>
    /// <param name="place">Of its first byte in the file.</param>
    /// <param name="size">In bytes.</param>
    internal void Enter(string insC, string uniqueId, XElement line, string path, long place, int size)
    {
        Run("INSERT INTO patient (ins_c) VALUES ($p0) ON CONFLICT DO NOTHING", insC);
        Run(
            "INSERT INTO document (unique_id, ins_c, status, metadata, file, place, size) VALUES ($p0, $p1, 'Approved', $p2, $p3, $p4, $p5)",
            uniqueId, insC, line.ToString(SaveOptions.DisableFormatting), path, place, size);
        Run("INSERT INTO confidentiality (unique_id, code, system) VALUES ($p0, 'N', '2.16.840.1.113883.5.25')", uniqueId);
        Journal(uniqueId, "registered");
    }

    /// <summary>A document was replaced by another one, registered with its own line.</summary>
    internal void Deprecate(string uniqueId)
    {
        Run("UPDATE document SET status = 'Deprecated' WHERE unique_id = $p0", uniqueId);
        Journal(uniqueId, "replaced");
    }

    /// <summary>Masks a document from professionals, or lifts the mask.</summary>
    internal void Mask(string uniqueId, bool masked)
    {
        Run(
            masked
                ? "INSERT INTO confidentiality (unique_id, code, system) VALUES ($p0, 'MASQUE_PS', '1.2.250.1.213.1.1.4.13') ON CONFLICT DO NOTHING"
                : "DELETE FROM confidentiality WHERE unique_id = $p0 AND code = 'MASQUE_PS'",
            uniqueId);
        Journal(uniqueId, "updated");
    }

    /// <summary>Archives a document.</summary>
    internal void Archive(string uniqueId)
    {
        Run("UPDATE document SET status = 'Archived' WHERE unique_id = $p0", uniqueId);
        Journal(uniqueId, "updated");
    }

    /// <summary>Deletes a document, as its author may. Logical: the file stays.</summary>
    internal void Delete(string uniqueId)
    {
        Run("UPDATE document SET status = 'Deleted' WHERE unique_id = $p0", uniqueId);
        Journal(uniqueId, "deleted");
    }

    /// <summary>Forgets the journal up to a number.</summary>
    internal void Purge(long upTo) => Run("DELETE FROM journal WHERE number <= $p0", upTo);

    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
    }

    private void Journal(string uniqueId, string happened) => Run("INSERT INTO journal (unique_id, event) VALUES ($p0, $p1)", uniqueId, happened);

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"$p{index}"), values[index]);
        command.ExecuteNonQuery();
    }
}
