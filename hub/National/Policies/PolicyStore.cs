using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DmpFederation.Hub.National.Policies;

/// <summary>The policies on EF Core, the same on every engine. Reading on the path of a request is the engine's own (<see cref="IPolicyReads"/>).</summary>
internal sealed class PolicyStore(NationalStore store, IPolicyReads reads, TimeProvider clock) : IPolicyStore
{
    public async ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadyAsync(cancellationToken);
            return await reads.FindAsync(key, cancellationToken);
        }
        catch (NationalUnavailableException fault)
        {
            throw new PolicyUnavailableException(fault.Code);
        }
        catch (Exception fault) when (NationalStore.IsOfEngine(fault, cancellationToken))
        {
            throw new PolicyUnavailableException(store.Broken(fault).Code);
        }
    }

    public async Task<PatientPolicy> ApplyAsync(
        IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            throw new ArgumentException("A policy is changed under one identifier at least.", nameof(keys));
        ArgumentException.ThrowIfNullOrEmpty(by);
        return await StoreBorder.Policies.WriteAsync(store, db => ApplyAsync(db, keys, change, by, cancellationToken), cancellationToken);
    }

    private async Task<PatientPolicy> ApplyAsync(
        NationalDb db, IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await PersonKeys.LockAsync(db, keys, cancellationToken);
        if (known.Several)
            throw new PolicyConflictException(PolicyConflictException.LinkedToOthers);
        var person = known.Person ?? PersonKeys.Make(db);
        var linked = PersonLinks.Add(db, person, keys, known.Links, PersonLinks.Certified(by), now);
        var changed = await new PolicyChanges(db, person, by, now).ApplyAsync(change, cancellationToken);
        if (linked || changed)
            PersonKeys.Changed(db, person, changed ? ChangeKinds.Of(change) : ChangeKinds.Link, by, now);
        await db.SaveChangesAsync(cancellationToken);
        var policy = await LoadAsync(db, transaction, person.Id, now, cancellationToken);
        // From here on the change may have been made: giving up would leave the caller not knowing.
        await transaction.CommitAsync(CancellationToken.None);
        return policy;
    }

    private static async Task<PatientPolicy> LoadAsync(
        NationalDb db, IDbContextTransaction transaction, Guid person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = PolicyQuery.LoadText;
        PolicyQuery.AddLoadParameters(command);
        PolicyQuery.SetLoadParameters(command, person, now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await PolicyQuery.ReadAsync(reader, person, cancellationToken) ?? PatientPolicy.None;
    }
}
