using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Drops merged facts outside the scope of the query. Sources take the scope as a hint, so this step alone makes it hold. A fact counts by
/// any of its origins: what one source dates outside the bounds and another inside is shown. Undated facts are always shown, since nobody
/// knows that they are outside.
/// </summary>
internal static class ScopeFilter
{
    public static IReadOnlyList<MergedEntry> Apply(IReadOnlyList<MergedEntry> facts, DossierScope scope)
    {
        if (scope.Categories.Count == 0 && scope.Sources.Count == 0 && scope.From is null && scope.To is null)
            return facts;
        var first = scope.From is { } from ? CivilDay.Of(from).First : int.MinValue;
        var last = scope.To is { } to ? CivilDay.Of(to).Last : int.MaxValue;
        var kept = new List<MergedEntry>(facts.Count);
        for (var index = 0; index < facts.Count; index++)
        {
            if (IsInside(facts[index], scope, first, last))
                kept.Add(facts[index]);
        }
        return kept;
    }

    private static bool IsInside(MergedEntry fact, DossierScope scope, int first, int last)
    {
        if (scope.Categories.Count > 0 && !scope.Categories.Contains(fact.Lead.Category))
            return false;
        var source = scope.Sources.Count == 0;
        var date = false;
        for (var index = 0; index < fact.Origins.Count; index++)
        {
            var origin = fact.Origins[index];
            source |= scope.Sources.Contains(origin.SourceId);
            date |= origin.Entry.Date is not { } recorded || Overlaps(recorded, scope, first, last);
        }
        return source && date;
    }

    /// <summary>Moments are compared to the minute with a bound that is a moment, else by civil day.</summary>
    private static bool Overlaps(FhirDate recorded, DossierScope scope, int first, int last)
    {
        var (start, end) = CivilDay.Of(recorded);
        if (end < first || start > last)
            return false;
        if (recorded.Precision != DatePrecision.Instant)
            return true;
        return (scope.From is not { Precision: DatePrecision.Instant } from || recorded.StartUtc >= from.StartUtc)
            && (scope.To is not { Precision: DatePrecision.Instant } to || recorded.StartUtc <= to.StartUtc);
    }
}
