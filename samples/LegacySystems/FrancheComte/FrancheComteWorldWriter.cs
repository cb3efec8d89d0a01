using System.Globalization;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Fills the store from a world, replacing what is there.</summary>
internal sealed class FrancheComteWorldWriter : IWorldWriter
{
    private const int DepositsPerTransaction = 2000;

    /// <summary>A pack holds the documents of so many patients: few files, none of them large.</summary>
    private const int PatientsPerPack = 500;

    private readonly DocumentRegistry registry;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand addPatient;
    private readonly SqliteCommand addDocument;
    private readonly SqliteCommand addConfidentiality;
    private SqliteTransaction transaction;
    private int deposits;
    private string packName = "";
    private FileStream? pack;

    internal FrancheComteWorldWriter(string folder)
    {
        registry = new DocumentRegistry(folder);
        registry.Delete();
        connection = registry.OpenForWriting();
        transaction = connection.BeginTransaction();
        addPatient = Prepared("INSERT INTO patient (ins_c) VALUES ($0) ON CONFLICT DO NOTHING", 1);
        addDocument = Prepared("INSERT INTO document (unique_id, ins_c, status, metadata, file, place, size) VALUES ($0, $1, $2, $3, $4, $5, $6)", 7);
        addConfidentiality = Prepared("INSERT INTO confidentiality (unique_id, code, system) VALUES ($0, 'N', '2.16.840.1.113883.5.25')", 1);
    }

    public void Add(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var known = false;
        foreach (var deposit in Deposits.Of(patient))
        {
            if (!known)
                Run(addPatient, deposit.Identity.InsC);
            known = true;
            Deposit(deposit);
        }
    }

    public void Dispose()
    {
        transaction.Commit();
        transaction.Dispose();
        foreach (var command in (SqliteCommand[])[addPatient, addDocument, addConfidentiality])
            command.Dispose();
        connection.Dispose();
        pack?.Dispose();
    }

    private void Deposit(DocumentDeposit deposit)
    {
        var file = CdaFile.Write(deposit);
        var target = PackOf(deposit.Patient);
        var place = target.Position;
        target.Write(file);
        Run(
            addDocument, deposit.UniqueId, deposit.Identity.InsC, deposit.Status,
            IndexLine.Of(deposit, file).ToString(System.Xml.Linq.SaveOptions.DisableFormatting), packName, place, file.Length);
        Run(addConfidentiality, deposit.UniqueId);
        if (++deposits % DepositsPerTransaction != 0)
            return;
        // The index never names bytes that are not there yet.
        target.Flush();
        transaction.Commit();
        transaction.Dispose();
        transaction = connection.BeginTransaction();
        foreach (var command in (SqliteCommand[])[addPatient, addDocument, addConfidentiality])
            command.Transaction = transaction;
    }

    private FileStream PackOf(SyntheticPatient patient)
    {
        var name = (patient.Index / PatientsPerPack).ToString("D5", CultureInfo.InvariantCulture) + ".pack";
        if (pack is not null && name == packName)
            return pack;
        pack?.Dispose();
        packName = name;
        return pack = new FileStream(Path.Combine(registry.Documents, name), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
    }

    private SqliteCommand Prepared(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < parameters; index++)
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${index}") });
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        command.ExecuteNonQuery();
    }
}
