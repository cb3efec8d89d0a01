using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Sdk;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Import;

/// <summary>Takes registers over in bulk: what is held of all persons of a batch is read once, and what is new written once.</summary>
internal sealed class PolicyImport(NationalStore store, TimeProvider clock) : IPolicyImport
{
    /// <summary>Changes of a policy that the person wanted: after one of these, a register from elsewhere is out of date.</summary>
    private static readonly string[] Decisions =
    [
        ChangeKinds.Open, ChangeKinds.Close, ChangeKinds.Consent, ChangeKinds.Block, ChangeKinds.Unblock, ChangeKinds.Attending,
        ChangeKinds.CareTeam, ChangeKinds.Oppose, ChangeKinds.Mask, ChangeKinds.Unmask, ChangeKinds.Destroy,
    ];

    /// <summary>How everything begins that the hub did by itself, such as remembering what a source masks.</summary>
    private const string ByTheHub = "hub:";

    public Task<IReadOnlyList<ImportedPerson>> ImportAsync(
        IReadOnlyList<RegisteredPerson> persons, string by, CancellationToken cancellationToken) =>
        StoreBorder.Policies.WriteAsync(store, db => ImportAsync(db, persons, by, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<ImportedPerson>> ImportAsync(
        NationalDb db, IReadOnlyList<RegisteredPerson> persons, string by, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var held = await HeldAsync(db, [.. persons.SelectMany(static person => person.Keys).Distinct()], cancellationToken);
        var now = clock.GetUtcNow();
        var results = new List<ImportedPerson>(persons.Count);
        foreach (var person in persons)
            results.Add(Take(db, held, person, by, now));
        await AddedRows.InsertAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return results;
    }

    private static ImportedPerson Take(NationalDb db, Dictionary<PatientKey, HeldPolicy> held, RegisteredPerson said, string by, DateTimeOffset now)
    {
        var known = said.Keys.Select(held.GetValueOrDefault).OfType<HeldPolicy>().Distinct().ToList();
        if (known.Count > 1)
            return new ImportedPerson(ImportResult.Refused, null, ImportRefusals.LinkedToOthers);
        var policy = known is [var one] ? one : new HeldPolicy(new PersonRow { Id = Guid.NewGuid() }, decidedSince: false);
        var fresh = said.Keys.Distinct().Where(key => !held.ContainsKey(key)).ToList();
        if (policy.Take(db, said, fresh.Count > 0, by, now, out var changed) is { } reason)
            return new ImportedPerson(ImportResult.Refused, null, reason);
        if (known.Count == 0)
            db.Add(policy.Person);
        PersonLinks.Add(db, policy.Person, fresh, [], PersonLinks.Imported(by), now);
        fresh.ForEach(key => held[key] = policy);
        return new ImportedPerson(changed ? ImportResult.Imported : ImportResult.Unchanged, new PersonId(policy.Person.Id), null);
    }

    private async Task<Dictionary<PatientKey, HeldPolicy>> HeldAsync(NationalDb db, PatientKey[] keys, CancellationToken cancellationToken)
    {
        await db.LockAsync(keys, cancellationToken);
        var values = Array.ConvertAll(keys, static key => key.Value);
        var links = await db.Links.AsNoTracking().Where(link => values.Contains(link.Value) && link.Until == null).ToListAsync(cancellationToken);
        var wanted = keys.ToHashSet();
        links.RemoveAll(link => !wanted.Contains(new PatientKey(link.System, link.Value)));
        var ids = links.Select(static link => link.PersonId).Distinct().ToArray();
        if (ids.Length == 0)
            return [];
        await db.LockAsync(ids, cancellationToken);
        var decided = await db.Changes
            .Where(change => ids.Contains(change.PersonId) && Decisions.Contains(change.Kind)
                && (change.Kind == ChangeKinds.Destroy || !change.ChangedBy.StartsWith(ByTheHub)))
            .Select(static change => change.PersonId).Distinct().ToHashSetAsync(cancellationToken);
        var policies = await db.Persons.Where(person => ids.Contains(person.Id))
            .ToDictionaryAsync(static person => person.Id, person => new HeldPolicy(person, decided.Contains(person.Id)), cancellationToken);
        foreach (var row in await db.Consents.AsNoTracking().Where(row => ids.Contains(row.PersonId)).ToListAsync(cancellationToken))
            policies[row.PersonId].Hold(row);
        foreach (var row in await db.Blocks.AsNoTracking().Where(row => ids.Contains(row.PersonId)).ToListAsync(cancellationToken))
            policies[row.PersonId].Hold(row);
        foreach (var row in await db.Members.AsNoTracking().Where(row => ids.Contains(row.PersonId)).ToListAsync(cancellationToken))
            policies[row.PersonId].Hold(row);
        foreach (var row in await db.Masks.AsNoTracking().Where(row => ids.Contains(row.PersonId)).ToListAsync(cancellationToken))
            policies[row.PersonId].Hold(row);
        return links.ToDictionary(static link => new PatientKey(link.System, link.Value), link => policies[link.PersonId]);
    }
}
