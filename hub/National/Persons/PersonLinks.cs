using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Persons;

/// <summary>How sure a new link is, who says so, and by what.</summary>
internal sealed record LinkProof(IdentityStatus Status, string VerifiedBy, string LinkedBy);

/// <summary>Adds links to a person.</summary>
internal static class PersonLinks
{
    /// <summary>Identifiers that the INSi téléservice certified.</summary>
    public static LinkProof Certified(string by) => new(IdentityStatus.Retrieved, "INSI", by);

    /// <summary>Identifiers that a region's register holds: nobody here fetched or checked them.</summary>
    public static LinkProof Imported(string by) => new(IdentityStatus.Provisional, "IMPORT", by);

    /// <summary>Links what is not linked yet; true when there was such a one.</summary>
    public static bool Add(
        NationalDb db, PersonRow person, IEnumerable<PatientKey> keys, IReadOnlyList<LinkRow> known, LinkProof proof, DateTimeOffset now)
    {
        var added = false;
        foreach (var key in keys.Distinct().Where(key => !known.Any(link => link.Value == key.Value && link.System == key.System)))
        {
            added = true;
            db.Add(new LinkRow
            {
                PersonId = person.Id,
                System = key.System,
                Value = key.Value,
                Status = proof.Status,
                VerifiedBy = proof.VerifiedBy,
                Since = now,
                LinkedBy = proof.LinkedBy,
            });
        }
        return added;
    }
}
