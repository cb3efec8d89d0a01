using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>What one source holds of one patient.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="ServedBy">Which store served it.</param>
/// <param name="Entries">In any order.</param>
internal readonly record struct SourceEntries(string SourceId, Store ServedBy, IReadOnlyList<DossierEntry> Entries);
