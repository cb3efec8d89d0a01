using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Pages;

/// <summary>One page of facts that a query shows. What no page names is not shown, so that the audit knows what was.</summary>
/// <param name="Name">Distinguishes the pages of one query (the alias).</param>
/// <param name="Wish">Which facts; null for all.</param>
/// <param name="Size">Most facts.</param>
/// <param name="After">Position after which it begins; null from the newest.</param>
internal sealed record EntryPageRequest(string Name, EntryWish? Wish, int Size, EntryCursor? After);

/// <summary>Which facts a page takes. A fact must pass every part; an empty part lets every fact pass.</summary>
/// <param name="Categories">Any of these categories.</param>
/// <param name="Codes">Any of these codes, as <c>system|code</c> or <c>code</c>.</param>
/// <param name="Sources">Held by any of these sources.</param>
/// <param name="From">Earliest clinical date; null for no bound.</param>
/// <param name="To">Latest clinical date; null for no bound.</param>
internal sealed record EntryWish(
    IReadOnlyList<EntryCategory> Categories, IReadOnlyList<string> Codes, IReadOnlyList<string> Sources, FhirDate? From, FhirDate? To);

/// <summary>A page of facts as it is shown.</summary>
/// <param name="Facts">Its facts.</param>
/// <param name="End">Position of the last; null when there is none.</param>
/// <param name="HasNext">Whether facts follow.</param>
internal sealed record EntryPage(IReadOnlyList<MergedEntry> Facts, EntryCursor? End, bool HasNext)
{
    /// <summary>The page of a dossier's facts.</summary>
    public static EntryPage Of(IReadOnlyList<MergedEntry> facts, EntryPageRequest request)
    {
        var wanted = EntrySelection.Apply(facts, request.Wish);
        var start = request.After?.NextIndex(wanted) ?? 0;
        var shown = new MergedEntry[Math.Min(request.Size, wanted.Count - start)];
        for (var index = 0; index < shown.Length; index++)
            shown[index] = wanted[start + index];
        return new EntryPage(shown, shown.Length == 0 ? null : EntryCursor.Of(shown[^1]), start + shown.Length < wanted.Count);
    }
}
