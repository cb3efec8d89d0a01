using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Links;

/// <summary>What became of a disagreement between a source and the certified traits.</summary>
internal enum IdentityWorkState
{
    /// <summary>Waits for an identity steward.</summary>
    Open,

    /// <summary>The source is right or has been corrected.</summary>
    Corrected,

    /// <summary>It is another person: the source has been told.</summary>
    AnotherPerson,

    /// <summary>Nothing can be done.</summary>
    Dismissed,
}

/// <summary>One disagreement in the steward's queue: seen at least once while somebody read a dossier. Holds no trait.</summary>
internal sealed record IdentityWorkItem
{
    public required long Id { get; init; }

    public required string SourceId { get; init; }

    /// <summary>The identifier under which the source files it.</summary>
    public required PatientKey Patient { get; init; }

    /// <summary>The document that names another person; null when it is all of the source.</summary>
    public string? DocumentLocalId { get; init; }

    /// <summary>The rule that makes it another person (<c>IDV-2…</c>); null for a tolerated difference.</summary>
    public string? RuleId { get; init; }

    public required IReadOnlyList<TraitDifference> Differences { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public IdentityWorkState State { get; init; }

    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public string? Comment { get; init; }
}

/// <summary>The steward's queue.</summary>
internal interface IIdentityWork
{
    /// <summary>
    /// Records disagreements that keep something out; one that is already there is only seen again. Never holds up an answer: it is written down in
    /// the background, bounded; what does not fit is seen again at the next read.
    /// </summary>
    void Seen(IReadOnlyList<IdentityWorkItem> items);

    /// <summary>Newest first.</summary>
    /// <param name="sources">Only of these sources; null for all.</param>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="first">At most so many.</param>
    /// <param name="after">Id of the last one seen; null for the start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<IdentityWorkItem>> ListAsync(
        IReadOnlyList<string>? sources, IdentityWorkState? state, int first, long? after, CancellationToken cancellationToken);

    /// <summary>Settles an item; null when there is none with this id in these sources.</summary>
    /// <exception cref="IdentityStoreUnavailableException">The store cannot be used.</exception>
    Task<IdentityWorkItem?> SettleAsync(
        long id, IReadOnlyList<string>? sources, IdentityWorkState state, string comment, string by, CancellationToken cancellationToken);
}
