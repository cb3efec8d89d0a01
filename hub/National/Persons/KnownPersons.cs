using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Persons;

/// <summary>Who is known by a link in force, in the order of the engine's own identifiers.</summary>
internal sealed class KnownPersons(NationalStore store) : IKnownPersons
{
    public Task<IReadOnlyList<KnownPerson>> ListAsync(PersonId? after, int most, CancellationToken cancellationToken) =>
        StoreBorder.Identities.ReadAsync(store, db => ListAsync(db, after?.Value, most, cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<KnownPerson>> ListAsync(NationalDb db, Guid? after, int most, CancellationToken cancellationToken)
    {
        var links = db.Links.AsNoTracking().Where(static link => link.Until == null);
        if (after is { } last)
            links = links.Where(link => link.PersonId.CompareTo(last) > 0);
        var page = await links.Select(static link => link.PersonId).Distinct().OrderBy(static id => id).Take(most).ToListAsync(cancellationToken);
        if (page.Count == 0)
            return [];
        var end = page[^1];
        var keys = (await links.Where(link => link.PersonId.CompareTo(end) <= 0).OrderBy(static link => link.Id)
                .Select(static link => new { link.PersonId, link.System, link.Value }).ToListAsync(cancellationToken))
            .ToLookup(static link => link.PersonId, static link => new PatientKey(link.System, link.Value));
        return page.ConvertAll(id => new KnownPerson(new PersonId(id), [.. keys[id]]));
    }
}
