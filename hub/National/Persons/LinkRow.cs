using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Persons;

/// <summary>One link of an identifier to a person, in force or ended. The seam for encrypting identifiers is the conversion of <see cref="Value"/>.</summary>
internal sealed class LinkRow
{
    public long Id { get; init; }

    public Guid PersonId { get; init; }

    public required string System { get; init; }

    public required string Value { get; init; }

    public IdentityStatus Status { get; init; }

    public required string VerifiedBy { get; init; }

    public DateTimeOffset Since { get; init; }

    public required string LinkedBy { get; init; }

    public DateTimeOffset? Until { get; set; }

    public string? UnlinkedBy { get; set; }

    public string? UnlinkReason { get; set; }

    public IdentityLink ToLink() => new()
    {
        Person = new PersonId(PersonId),
        Key = new PatientKey(System, Value),
        Status = Status,
        VerifiedBy = VerifiedBy,
        Since = Since,
        LinkedBy = LinkedBy,
        Until = Until,
        UnlinkedBy = UnlinkedBy,
        UnlinkReason = UnlinkReason,
    };
}
