using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Persons;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National;

/// <summary>Destroys what dossiers held that were closed long ago. The links and the history of the state stay: that there was a dossier is no secret of it.</summary>
internal sealed class ClosedDossiers(NationalStore store, TimeProvider clock)
{
    /// <summary>Who did it, in the history.</summary>
    public const string Retention = "hub:retention";

    private const int PerTransaction = 100;

    /// <summary>Destroys all of them; gives their number.</summary>
    /// <exception cref="NationalUnavailableException">The database cannot be used; the rest waits.</exception>
    public async Task<int> DestroyAsync(TimeSpan keptFor, CancellationToken cancellationToken)
    {
        var (total, destroyed) = (0, 0);
        do
        {
            destroyed = await store.WriteAsync(db => DestroyAsync(db, clock.GetUtcNow() - keptFor, cancellationToken), cancellationToken);
            total += destroyed;
        }
        while (destroyed > 0);
        return total;
    }

    private async Task<int> DestroyAsync(NationalDb db, DateTimeOffset closedBefore, CancellationToken cancellationToken)
    {
        var overdue = db.Persons.Where(person =>
            person.State == DossierState.Closed && person.StateSince < closedBefore && person.DestroyedAt == null);
        var candidates = await overdue.Select(static person => person.Id).Take(PerTransaction).ToArrayAsync(cancellationToken);
        if (candidates.Length == 0)
            return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockAsync(candidates, cancellationToken);
        // Asked again: until they were locked, one could be opened again.
        var persons = await overdue.Where(person => candidates.Contains(person.Id)).ToListAsync(cancellationToken);
        var ids = persons.ConvertAll(static person => person.Id);
        await db.Consents.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.Blocks.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.Members.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.Masks.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.Tickets.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.Notices.Where(row => ids.Contains(row.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await DestroyDepositsAsync(db, ids, cancellationToken);
        foreach (var person in persons)
        {
            var now = clock.GetUtcNow();
            person.AttendingPhysician = null;
            (person.OpposesBreakGlass, person.OpposesRegulation) = (false, false);
            person.DestroyedAt = now;
            PersonKeys.Changed(db, person, ChangeKinds.Destroy, Retention, now);
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return candidates.Length;
    }

    /// <summary>Deposits are of whom they are read as: of the person their identifier is linked to now.</summary>
    private static async Task DestroyDepositsAsync(NationalDb db, IReadOnlyCollection<Guid> persons, CancellationToken cancellationToken)
    {
        var links = db.Links.Where(link => link.Until == null && persons.Contains(link.PersonId));
        var names = db.Deposits.Where(deposit => links.Any(link => link.Value == deposit.Value && link.System == deposit.System))
            .Select(static deposit => deposit.UniqueId);
        await db.Deliveries.Where(line => names.Contains(line.UniqueId)).ExecuteDeleteAsync(cancellationToken);
        await db.DepositContents.Where(content => names.Contains(content.UniqueId)).ExecuteDeleteAsync(cancellationToken);
        await db.Deposits.Where(deposit => links.Any(link => link.Value == deposit.Value && link.System == deposit.System))
            .ExecuteDeleteAsync(cancellationToken);
    }
}
