using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Fills the store from a world, replacing what is there.</summary>
internal sealed class FrancheComteWorldWriter : IWorldWriter
{
    private const int DepositsPerTransaction = 2000;

    private readonly RegistryDeposits registry;
    private int deposits;

    internal FrancheComteWorldWriter(string folder)
    {
        var documents = new DocumentRegistry(folder);
        documents.Delete();
        registry = new RegistryDeposits(documents);
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
        // One fact may stand in several editions of a document: each origin names the document fact and, before '#', the document's id.
        var contents = held.Where(one => one.Fact.Kind != FactKind.Document)
            .ToLookup(one => one.Origin.LocalId[..one.Origin.LocalId.IndexOf('#', StringComparison.Ordinal)], StringComparer.Ordinal);
        foreach (var (fact, origin) in held.Where(one => one.Fact.Kind == FactKind.Document))
            Deposit(new DocumentDeposit(patient, fact, origin.LocalId, [.. contents[origin.LocalId]]));
    }

    public void Dispose()
    {
        registry.Commit();
        registry.Dispose();
    }

    private void Deposit(DocumentDeposit deposit)
    {
        // A thousand patients to a folder keeps listings short.
        var folder = (deposit.Patient.Index / 1000).ToString("D4", CultureInfo.InvariantCulture);
        var file = CdaFile.Write(deposit);
        var path = Path.Combine(folder, $"{deposit.Patient.Index}-{deposits}.xml");
        registry.Register(deposit.Identity.InsC, deposit.UniqueId, IndexLine.Of(deposit, file), file, path);
        if (++deposits % DepositsPerTransaction == 0)
            registry.Commit();
    }
}
