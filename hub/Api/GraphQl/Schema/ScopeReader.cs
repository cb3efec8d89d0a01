using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>
/// Reads out of the selection set the widest scope a query can show, over every alias of <c>entries</c>, so that sources that hold none of
/// it are left in peace.
/// </summary>
internal static class ScopeReader
{
    private static readonly DossierScope Nothing = new(false, [], []);

    public static DossierScope Read(IResolveFieldContext context)
    {
        if (context.SubFields is not { } fields)
            return Nothing;
        List<EntryFilter?>? filters = null;
        var needsSources = false;
        foreach (var (field, type) in fields.Values)
        {
            if (type.Name == "entries")
                (filters ??= []).Add(context.ExecutionContext.GetArguments(type, field)?["filter"].Value as EntryFilter);
            else if (type.Name is "sources" or "complete")
                needsSources = true;
        }

        if (filters is null)
            return needsSources ? DossierScope.All : Nothing;
        return new DossierScope(
            true,
            Union(filters, static filter => filter.Categories),
            Union(filters, static filter => filter.Sources),
            Bound(filters, static filter => filter.From, latest: false),
            Bound(filters, static filter => filter.To, latest: true));
    }

    /// <summary>What any alias wants; empty (all) as soon as one alias sets no bound.</summary>
    private static IReadOnlyList<T> Union<T>(List<EntryFilter?> filters, Func<EntryFilter, IReadOnlyList<T>?> part)
    {
        var union = new HashSet<T>();
        foreach (var filter in filters)
        {
            if (filter is null || part(filter) is not { Count: > 0 } values)
                return [];
            union.UnionWith(values);
        }

        return [.. union.Order()];
    }

    private static FhirDate? Bound(List<EntryFilter?> filters, Func<EntryFilter, FhirDate?> part, bool latest)
    {
        FhirDate? widest = null;
        foreach (var filter in filters)
        {
            if (filter is null || part(filter) is not { } date)
                return null;
            if (widest is not { } known || (latest ? date.EndUtc > known.EndUtc : date.StartUtc < known.StartUtc))
                widest = date;
        }

        return widest;
    }
}
