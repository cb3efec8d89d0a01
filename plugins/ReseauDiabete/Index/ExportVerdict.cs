using DmpFederation.Plugins.ReseauDiabete.Exports;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>What became of an export as it stood at the last look.</summary>
/// <param name="Listed">As it stood.</param>
/// <param name="Refused">Why it is refused as a whole; null when it is not.</param>
/// <param name="IsWaiting">It is not whole yet: no closing line, or one file of the pair.</param>
internal sealed record ExportVerdict(ListedExport Listed, RefusedFile? Refused = null, bool IsWaiting = false);
