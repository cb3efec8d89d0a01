using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>What one source holds of one patient.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Entries">In any order.</param>
internal readonly record struct SourceEntries(string SourceId, IReadOnlyList<DossierEntry> Entries)
{
    /// <summary>Which of them the national store gave.</summary>
    public NationalShare Nationally { get; init; }
}
