using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Persons;

/// <summary>The links between identifiers, on EF Core. Every change moves the person's epoch, so that the next request sees it.</summary>
internal sealed class IdentityLinks(NationalStore store, TimeProvider clock) : IIdentityLinks
{
    /// <summary>Why a link ended that another one with a higher status took the place of.</summary>
    public const string Raised = "STATUS_RAISED";

    public Task<PersonId?> FindAsync(PatientKey key, CancellationToken cancellationToken) => StoreBorder.Identities.ReadAsync(
        store,
        async db => await PersonKeys.InForce(db, key).Select(static link => (Guid?)link.PersonId).FirstOrDefaultAsync(cancellationToken) is { } id
            ? new PersonId(id)
            : (PersonId?)null,
        cancellationToken);

    public Task<IReadOnlyList<IdentityLink>> HistoryAsync(PersonId person, CancellationToken cancellationToken) =>
        StoreBorder.Identities.ReadAsync<IReadOnlyList<IdentityLink>>(
            store,
            async db => (await db.Links.AsNoTracking().Where(link => link.PersonId == person.Value).OrderBy(static link => link.Id)
                .ToListAsync(cancellationToken)).ConvertAll(static link => link.ToLink()),
            cancellationToken);

    public Task<PersonId?> LinkAsync(
        IReadOnlyList<PatientKey> keys, IdentityStatus status, string verifiedBy, string by, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            throw new ArgumentException("One identifier at least is linked.", nameof(keys));
        return StoreBorder.Identities.WriteAsync(store, db => LinkAsync(db, keys, new LinkProof(status, verifiedBy, by), cancellationToken), cancellationToken);
    }

    public Task<bool> UnlinkAsync(PatientKey key, string by, string reason, CancellationToken cancellationToken) => StoreBorder.Identities.WriteAsync(
        store,
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var known = await PersonKeys.LockAsync(db, [key], cancellationToken);
            if (known is not { Person: { } person, Links: [var link] })
                return false;
            var now = clock.GetUtcNow();
            (link.Until, link.UnlinkedBy, link.UnlinkReason) = (now, by, reason);
            PersonKeys.Changed(db, person, ChangeKinds.Unlink, by, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        },
        cancellationToken);

    private async Task<PersonId?> LinkAsync(
        NationalDb db, IReadOnlyList<PatientKey> keys, LinkProof proof, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await PersonKeys.LockAsync(db, keys, cancellationToken);
        if (known.Several)
            return null;
        var now = clock.GetUtcNow();
        var person = known.Person ?? PersonKeys.Make(db);
        var raised = known.Links.Where(link => link.Status < proof.Status).ToList();
        foreach (var link in raised)
            (link.Until, link.UnlinkedBy, link.UnlinkReason) = (now, proof.LinkedBy, Raised);
        // Ended before their successors are made: an identifier has one link in force at a time.
        await db.SaveChangesAsync(cancellationToken);
        if (PersonLinks.Add(db, person, keys, [.. known.Links.Except(raised)], proof, now))
            PersonKeys.Changed(db, person, ChangeKinds.Link, proof.LinkedBy, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new PersonId(person.Id);
    }
}
