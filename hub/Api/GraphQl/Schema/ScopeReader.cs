using System.Globalization;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Pages;
using DmpFederation.Sdk;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>
/// Reads out of the selection set the widest scope a query can show, over every alias of <c>entries</c>, so that sources that hold none of
/// it are left in peace, and the pages it shows, so that the audit knows them before they are shown.
/// </summary>
internal static class ScopeReader
{
    private static readonly DossierScope Nothing = new(false, [], []);

    public static DossierScope Read(IResolveFieldContext context)
    {
        if (context.SubFields is not { } fields)
            return Nothing;
        List<EntryFilter?>? filters = null;
        List<EntryPageRequest>? pages = null;
        var needsSources = false;
        foreach (var (field, type) in fields.Values)
        {
            if (type.Name == "entries")
            {
                var arguments = context.ExecutionContext.GetArguments(type, field);
                var filter = Value(arguments, "filter") as EntryFilter;
                (filters ??= []).Add(filter);
                if (PageOf(field, filter, arguments) is { } page)
                    (pages ??= []).Add(page);
            }
            else if (type.Name is "sources" or "complete")
            {
                needsSources = true;
            }
        }

        if (filters is null)
            return needsSources ? DossierScope.All : Nothing;
        return new DossierScope(
            true,
            Union(filters, static filter => filter.Categories),
            Union(filters, static filter => filter.Sources),
            Bound(filters, static filter => filter.From, latest: false),
            Bound(filters, static filter => filter.To, latest: true))
        {
            Pages = pages ?? [],
        };
    }

    /// <summary>Null when the arguments are not usable: the field itself reports that, and shows nothing.</summary>
    private static EntryPageRequest? PageOf(GraphQLField field, EntryFilter? filter, IDictionary<string, ArgumentValue>? arguments)
    {
        try
        {
            var after = Convert.ToString(Value(arguments, "after"), CultureInfo.InvariantCulture);
            return DossierView.PageOf(DossierView.PageName(field), filter, Value(arguments, "first") as int?, string.IsNullOrEmpty(after) ? null : after);
        }
        catch (CodedError)
        {
            return null;
        }
    }

    private static object? Value(IDictionary<string, ArgumentValue>? arguments, string name) =>
        arguments is not null && arguments.TryGetValue(name, out var argument) ? argument.Value : null;

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
