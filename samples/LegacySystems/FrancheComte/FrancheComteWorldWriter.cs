using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Fills the store from a world, replacing what is there.</summary>
internal sealed class FrancheComteWorldWriter : IWorldWriter
{
    private const int DepositsPerTransaction = 2000;

    private readonly DocumentRegistry registry;
    private readonly SqliteConnection connection;
    private SqliteTransaction transaction;
    private int deposits;

    internal FrancheComteWorldWriter(string folder)
    {
        registry = new DocumentRegistry(folder);
        registry.Delete();
        connection = registry.OpenForWriting();
        transaction = connection.BeginTransaction();
    }

    public void Add(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var held = patient.Facts
            .SelectMany(fact => fact.Origins.Where(origin => origin.SourceId == FrancheComteSystem.Name)
                .Select(origin => (Fact: fact, Origin: origin)))
            .ToList();
        if (held.Count == 0)
            return;
        Run("INSERT INTO patient (ins_c) VALUES ($insC) ON CONFLICT DO NOTHING", ("$insC", patient.RecordedIdentity(FrancheComteSystem.Name).InsC));
        // One fact may stand in several editions of a document: each origin names the document fact and, before '#', the document's id.
        var contents = held.Where(one => one.Fact.Kind != FactKind.Document)
            .ToLookup(one => one.Origin.LocalId[..one.Origin.LocalId.IndexOf('#', StringComparison.Ordinal)], StringComparer.Ordinal);
        foreach (var (fact, origin) in held.Where(one => one.Fact.Kind == FactKind.Document))
            Deposit(new DocumentDeposit(patient, fact, origin.LocalId, [.. contents[origin.LocalId]]));
    }

    public void Dispose()
    {
        transaction.Commit();
        transaction.Dispose();
        connection.Dispose();
    }

    private void Deposit(DocumentDeposit deposit)
    {
        var file = CdaFile.Write(deposit);
        // A thousand patients to a folder keeps listings short.
        var folder = (deposit.Patient.Index / 1000).ToString("D4", CultureInfo.InvariantCulture);
        var name = Path.Combine(folder, $"{deposit.Patient.Index}-{deposits}.xml");
        Directory.CreateDirectory(Path.Combine(registry.Documents, folder));
        File.WriteAllBytes(Path.Combine(registry.Documents, name), file);
        Run(
            "INSERT INTO document (unique_id, ins_c, status, metadata, file) VALUES ($id, $insC, 'Approved', $metadata, $file)",
            ("$id", deposit.UniqueId), ("$insC", deposit.Patient.RecordedIdentity(FrancheComteSystem.Name).InsC),
            ("$metadata", IndexLine.Of(deposit, file).ToString(System.Xml.Linq.SaveOptions.DisableFormatting)), ("$file", name));
        Run(
            "INSERT INTO confidentiality (unique_id, code, system) VALUES ($id, 'N', '2.16.840.1.113883.5.25')", ("$id", deposit.UniqueId));
        if (++deposits % DepositsPerTransaction != 0)
            return;
        transaction.Commit();
        transaction.Dispose();
        transaction = connection.BeginTransaction();
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
