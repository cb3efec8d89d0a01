using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>Whether a document may be shown (ebXML statuses of the DMP).</summary>
internal enum Availability
{
    Approved,
    Deprecated,
    Archived,
    Deleted,
}

/// <summary>One line of the index: XDS metadata of a document. Null parts were not sent.</summary>
internal sealed record IndexedDocument
{
    /// <summary>XDS uniqueId, <c>root</c> or <c>root^extension</c>: local id of the document.</summary>
    internal required string UniqueId { get; init; }

    /// <summary>Address of the content, relative to the store's.</summary>
    internal required string Path { get; init; }

    internal string? EntryUuid { get; init; }

    internal string? LogicalId { get; init; }

    internal string? Version { get; init; }

    internal string? Title { get; init; }

    internal Concept Type { get; init; } = Concept.Empty;

    internal Concept Class { get; init; } = Concept.Empty;

    internal Concept Format { get; init; } = Concept.Empty;

    internal Concept FacilityType { get; init; } = Concept.Empty;

    internal Concept PracticeSetting { get; init; } = Concept.Empty;

    internal IReadOnlyList<Coding> Confidentiality { get; init; } = [];

    internal FhirDate? Created { get; init; }

    internal FhirDate? ServiceStart { get; init; }

    internal FhirDate? ServiceStop { get; init; }

    internal string? MimeType { get; init; }

    internal long? Size { get; init; }

    /// <summary>SHA-1 of the content in hexadecimal, as XDS defines it.</summary>
    internal string? Sha1 { get; init; }

    internal Availability Availability { get; init; }

    internal EntryAuthor? Author { get; init; }

    /// <summary>uniqueId of the document this one replaces.</summary>
    internal string? Replaces { get; init; }
}
