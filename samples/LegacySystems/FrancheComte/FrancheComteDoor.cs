using System.Security.Cryptography;
using System.Text;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>The region goes on: documents are deposited, replaced by others that correct them, and deleted by their authors.</summary>
internal sealed class FrancheComteDoor(string folder) : ILegacyDoor
{
    public string SourceId => FrancheComteSystem.Name;

    public Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken)
    {
        var registry = new DocumentRegistry(folder);
        if (!registry.Exists)
            throw new LegacyAwayException("its index is not there");
        using var desk = new RegistryDeposits(registry);
        if (happened.Kind == WorldEventKind.Withdrawal)
        {
            foreach (var (_, origin) in happened.Held().Where(static held => held.Fact.Kind == FactKind.Document))
                desk.Delete(origin.LocalId);
        }
        else
        {
            Deposit(desk, after, happened);
        }

        desk.Commit();
        return Task.CompletedTask;
    }

    private static void Deposit(RegistryDeposits desk, SyntheticPatient after, WorldEvent happened)
    {
        var documents = happened.Held().Where(static held => held.Fact.Kind == FactKind.Document)
            .Select(static held => held.Origin.LocalId).ToHashSet(StringComparer.Ordinal);
        foreach (var deposit in Deposits.Of(after).Where(deposit => documents.Contains(deposit.UniqueId)))
        {
            var file = CdaFile.Write(deposit);
            try
            {
                desk.Register(deposit.Identity.InsC, deposit.UniqueId, IndexLine.Of(deposit, file), file, PathOf(deposit.UniqueId));
            }
            catch (SqliteException known) when (known.IsConstraint())
            {
                // Registered the first time, with the replacement beside it.
                return;
            }

            if (deposit.Replaces is { } replaced)
                desk.Deprecate(replaced);
        }
    }

    /// <summary>Documents that came one by one, spread over folders.</summary>
    private static string PathOf(string uniqueId)
    {
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(uniqueId)));
        return Path.Combine(name[..2], name + ".xml");
    }
}
