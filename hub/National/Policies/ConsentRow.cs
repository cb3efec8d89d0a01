using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.National.Policies;

/// <summary>One consent or refusal, as collected.</summary>
internal sealed class ConsentRow
{
    public Guid PersonId { get; init; }

    public long Sequence { get; set; }

    public ConsentAction Action { get; init; }

    public ConsentChoice Choice { get; init; }

    public GranteeKind GranteeKind { get; init; }

    public string? GranteeId { get; init; }

    /// <summary>JSON list of source ids.</summary>
    public required string Sources { get; init; }

    public DateTimeOffset Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public required string CollectedBy { get; init; }

    public string? Evidence { get; init; }

    public static ConsentRow Of(Guid person, long sequence, Consent consent) => new()
    {
        PersonId = person,
        Sequence = sequence,
        Action = consent.Action,
        Choice = consent.Choice,
        GranteeKind = consent.Grantee.Kind,
        GranteeId = consent.Grantee.Id,
        Sources = TextList.Write(consent.Sources),
        Since = consent.Since,
        Until = consent.Until,
        CollectedBy = consent.CollectedBy,
        Evidence = consent.Evidence,
    };
}
