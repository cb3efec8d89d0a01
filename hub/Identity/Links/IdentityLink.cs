using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Links;

/// <summary>That an identifier is a person's: an INS-NIR, an INS-C, a local or regional number.</summary>
internal sealed record IdentityLink
{
    public required PersonId Person { get; init; }

    public required PatientKey Key { get; init; }

    /// <summary>How sure (RNIV: PROV, RECUP, VALI, QUAL).</summary>
    public required IdentityStatus Status { get; init; }

    /// <summary>How it was verified: <c>INSI</c>, a code of an identity document (<c>CN</c>, <c>PA</c>, <c>AN</c>, <c>LE</c>…), <c>IMPORT</c>.</summary>
    public required string VerifiedBy { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required string LinkedBy { get; init; }

    /// <summary>When it was taken apart; null while it holds.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who took it apart, and why; null while it holds.</summary>
    public string? UnlinkedBy { get; init; }

    public string? UnlinkReason { get; init; }
}

/// <summary>The links between identifiers of one person, with their history.</summary>
internal interface IIdentityLinks
{
    /// <summary>The person an identifier is linked to now; null when to nobody.</summary>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<PersonId?> FindAsync(PatientKey key, CancellationToken cancellationToken);

    /// <summary>Every link of a person, ended ones included, in the order of making.</summary>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<IdentityLink>> HistoryAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Links identifiers to one person, made when there is none. An existing link with a lower status is raised.</summary>
    /// <returns>The person; null when the keys are linked to different persons, and nothing was done.</returns>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<PersonId?> LinkAsync(
        IReadOnlyList<PatientKey> keys, IdentityStatus status, string verifiedBy, string by, CancellationToken cancellationToken);

    /// <summary>Takes one identifier away from its person: at the next request it leads nowhere. Kept in the history.</summary>
    /// <returns>False when it was linked to nobody.</returns>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<bool> UnlinkAsync(PatientKey key, string by, string reason, CancellationToken cancellationToken);
}

/// <summary>The links cannot be read or written.</summary>
internal sealed class IdentityStoreUnavailableException(string code) : Exception("The identity store cannot be used.")
{
    public string Code { get; } = code;
}
