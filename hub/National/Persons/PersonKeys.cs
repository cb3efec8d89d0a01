using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Persons;

/// <summary>What a set of identifiers leads to, with those who would change it kept out until the transaction ends.</summary>
/// <param name="Person">The person; null when the identifiers lead to nobody, or to several.</param>
/// <param name="Links">Links in force of these identifiers.</param>
/// <param name="Several">True when they lead to different persons.</param>
internal sealed record PersonKeys(PersonRow? Person, IReadOnlyList<LinkRow> Links, bool Several)
{
    /// <summary>Looks identifiers up, to change what they lead to.</summary>
    public static async Task<PersonKeys> LockAsync(NationalDb db, IReadOnlyCollection<PatientKey> keys, CancellationToken cancellationToken)
    {
        await db.LockAsync(keys, cancellationToken);
        var links = new List<LinkRow>(keys.Count);
        foreach (var key in keys.Distinct())
        {
            if (await InForce(db, key).FirstOrDefaultAsync(cancellationToken) is { } link)
                links.Add(link);
        }
        var persons = links.Select(static link => link.PersonId).Distinct().ToList();
        if (persons is not [var only])
            return new PersonKeys(null, links, persons.Count > 1);
        await db.LockAsync(new[] { only }, cancellationToken);
        var person = await db.Persons.FirstAsync(one => one.Id == only, cancellationToken);
        return new PersonKeys(person, links, false);
    }

    /// <summary>The link in force of one identifier.</summary>
    public static IQueryable<LinkRow> InForce(NationalDb db, PatientKey key) =>
        db.Links.Where(link => link.Value == key.Value && link.System == key.System && link.Until == null);

    /// <summary>A person nobody knew before, not linked to anything yet.</summary>
    public static PersonRow Make(NationalDb db)
    {
        var person = new PersonRow { Id = Guid.NewGuid() };
        db.Add(person);
        return person;
    }

    /// <summary>Moves the person's epoch, and writes down who did what.</summary>
    public static void Changed(NationalDb db, PersonRow person, string kind, string by, DateTimeOffset now)
    {
        person.Epoch++;
        db.Add(new ChangeRow { PersonId = person.Id, Epoch = person.Epoch, Kind = kind, ChangedAt = now, ChangedBy = by });
    }
}
