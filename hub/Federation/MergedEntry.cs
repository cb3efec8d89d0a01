using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>One fact of the merged record: a leading entry, every origin that holds it, and the fields they disagree on.</summary>
internal sealed record MergedEntry
{
    /// <summary>Id of the fact: the smallest <see cref="EntryOrigin.EntryId"/> of its origins, so that it does not depend on arrival order.</summary>
    public required string Id { get; init; }

    /// <summary>The entry whose envelope and resource are shown. Chosen by rule, never by arrival order.</summary>
    public required DossierEntry Lead { get; init; }

    /// <summary>Every origin, the leading one included, ordered by source id, then local id. One or more.</summary>
    public required IReadOnlyList<EntryOrigin> Origins { get; init; }

    /// <summary>Fields on which the origins disagree. Empty when they agree.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];
}

/// <summary>One holder of a fact.</summary>
/// <param name="EntryId">Stable hash of source id and local id.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Entry">What the source holds.</param>
/// <param name="ServedBy">Which store served it.</param>
internal sealed record EntryOrigin(string EntryId, string SourceId, DossierEntry Entry, Store ServedBy);

/// <summary>A field on which origins disagree; every value is kept with the source that states it.</summary>
/// <param name="Field">Envelope field: <c>date</c>, <c>value</c>, <c>status</c>, <c>code</c>, <c>title</c>.</param>
/// <param name="Values">Each distinct value, ordered by source id.</param>
internal sealed record FieldConflict(string Field, IReadOnlyList<ConflictValue> Values);

/// <summary>One value of a conflict.</summary>
internal sealed record ConflictValue(string SourceId, string Value);
