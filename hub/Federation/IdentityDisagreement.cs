using DmpFederation.Hub.Identity.Traits;

namespace DmpFederation.Hub.Federation;

/// <summary>A source that states other traits than the person the dossier is of. Holds no value: what it states may be somebody else's.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="DocumentLocalId">The document that states them; null when the source states them of all it files under the key.</param>
/// <param name="Differences">The traits that differ. One or more.</param>
/// <param name="RuleId">The rule that makes it another person; null when the difference is tolerated.</param>
/// <param name="KeptOut">True when what is filed under these traits is kept out of the dossier.</param>
internal sealed record IdentityDisagreement(
    string SourceId, string? DocumentLocalId, IReadOnlyList<TraitDifference> Differences, string? RuleId, bool KeptOut);
