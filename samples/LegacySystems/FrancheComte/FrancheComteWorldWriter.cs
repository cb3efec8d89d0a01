using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Writes the documents of a world into the store, as they were deposited over the years.</summary>
internal sealed class FrancheComteWorldWriter : IWorldWriter
{
    private const int DepositsPerTransaction = 2000;

    /// <summary>A pack holds the documents of so many patients: few files, none of them large.</summary>
    private const int PatientsPerPack = 500;

    private readonly DocumentRegistry documents;
    private readonly RegistryDeposits registry;
    private int deposits;
    private string packName = "";
    private FileStream? pack;

    internal FrancheComteWorldWriter(string folder)
    {
        documents = new DocumentRegistry(folder);
        documents.Delete();
        registry = new RegistryDeposits(documents);
    }

    public void Add(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        foreach (var deposit in Deposits.Of(patient))
            Deposit(deposit);
    }

    public void Dispose()
    {
        pack?.Flush();
        registry.Commit();
        registry.Dispose();
        pack?.Dispose();
    }

    private void Deposit(DocumentDeposit deposit)
    {
        var file = CdaFile.Write(deposit);
        var target = PackOf(deposit.Patient);
        var place = target.Position;
        target.Write(file);
        registry.Enter(deposit.Identity.InsC, deposit.UniqueId, IndexLine.Of(deposit, file), packName, place, file.Length);
        if (deposit.Status == "Deprecated")
            registry.Deprecate(deposit.UniqueId);
        else if (deposit.Status == "Deleted")
            registry.Delete(deposit.UniqueId);
        if (++deposits % DepositsPerTransaction != 0)
            return;
        // The index never names bytes that are not there yet.
        target.Flush();
        registry.Commit();
    }

    private FileStream PackOf(SyntheticPatient patient)
    {
        var name = (patient.Index / PatientsPerPack).ToString("D5", CultureInfo.InvariantCulture) + ".pack";
        if (pack is not null && name == packName)
            return pack;
        pack?.Dispose();
        packName = name;
        return pack = new FileStream(Path.Combine(documents.Documents, name), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
    }
}
