using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Pages;

/// <summary>
/// The facts one page's wish takes. Categories, sources and dates are the scope rule of the federation, applied once more for one page; codes are
/// narrowed here.
/// </summary>
internal static class EntrySelection
{
    public static IReadOnlyList<MergedEntry> Apply(IReadOnlyList<MergedEntry> facts, EntryWish? wish)
    {
        if (wish is null)
            return facts;
        var scope = new DossierScope(true, wish.Categories, wish.Sources, wish.From, wish.To);
        var inScope = ScopeFilter.Apply(facts, scope);
        if (wish.Codes is not { Count: > 0 } codes)
            return inScope;
        var wanted = codes.Select(Split).ToArray();
        return [.. inScope.Where(fact => fact.Origins.Any(origin => HasCode(origin.Entry, wanted)) || HasCode(fact.Lead, wanted))];
    }

    private static bool HasCode(DossierEntry entry, (string? System, string Code)[] wanted)
    {
        if (entry.Code is { } main && Matches(main, wanted))
            return true;
        for (var i = 0; i < entry.Codings.Count; i++)
        {
            if (Matches(entry.Codings[i], wanted))
                return true;
        }

        return false;
    }

    private static bool Matches(Coding coding, (string? System, string Code)[] wanted)
    {
        foreach (var (system, code) in wanted)
        {
            if (code == coding.Code && (system is null || system == coding.System))
                return true;
        }

        return false;
    }

    private static (string? System, string Code) Split(string text)
    {
        var bar = text.LastIndexOf('|');
        return bar < 0 ? (null, text) : (text[..bar], text[(bar + 1)..]);
    }
}
