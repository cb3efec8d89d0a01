using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>What the decision must know of one entry as one source holds it. No clinical content.</summary>
internal readonly record struct EntrySubject
{
    public required string SourceId { get; init; }

    /// <summary>Entry id: the stable hash of source and local id, as masks name it.</summary>
    public required string EntryId { get; init; }

    public required EntryCategory Category { get; init; }

    /// <summary>
    /// Type of the document: of a document its own code, of a fact out of a document that of the document. Null when it is neither or not coded.
    /// </summary>
    public Coding? DocumentType { get; init; }

    /// <summary>Entry id of the document the fact was extracted from; null when from none.</summary>
    public string? DocumentEntryId { get; init; }

    /// <summary>PS_IdNat of the author as recorded, with or without the type digit. Null when not recorded.</summary>
    public string? AuthorId { get; init; }

    /// <summary>Entry id of the encounter it belongs to; its own id for an encounter. Null when unknown.</summary>
    public string? EpisodeEntryId { get; init; }

    /// <summary>Confidentiality codes of the entry and of its document.</summary>
    public IReadOnlyList<string> Labels { get; init; }
}

/// <summary>May this reader see this entry?</summary>
/// <param name="Visible">The answer.</param>
/// <param name="RuleId">The rule that decided; README.md explains each.</param>
internal readonly record struct EntryDecision(bool Visible, string RuleId)
{
    /// <summary>
    /// True when a mask hides it: then everything that states the same fact is hidden too, and nothing may tell that there is a mask. False for an
    /// entry that merely is not for this profession: another origin of the fact may be.
    /// </summary>
    public bool IsMasked { get; init; }
}

/// <summary>May this source be asked?</summary>
/// <param name="Allowed">The answer.</param>
/// <param name="RuleId">The rule that decided.</param>
internal readonly record struct SourceDecision(bool Allowed, string RuleId);
