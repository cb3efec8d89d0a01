using System.Collections.Concurrent;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>
/// The compiled plans of one document, by path and by which of its conditional nodes (<c>@skip</c>, <c>@include</c>) take part in the request.
/// Thread-safe.
/// </summary>
internal sealed class PlanCache(GraphQLDocument document)
{
    /// <summary>A document with many variants is compiled per request beyond this.</summary>
    private const int MaxPlans = 256;

    private readonly ConcurrentDictionary<(string Path, ulong Mask), ListPlan> plans = [];

    /// <summary>Nodes that carry a directive, in document order.</summary>
    public IReadOnlyList<ASTNode> ConditionalNodes { get; } = [.. ConditionalsIn(document)];

    public int Count => plans.Count;

    public ListPlan Get(string path, ulong? mask, Func<ListPlan> compile)
    {
        if (mask is not { } known)
            return compile();
        if (plans.TryGetValue((path, known), out var plan))
            return plan;
        plan = compile();
        if (plans.Count < MaxPlans)
            plans.TryAdd((path, known), plan);
        return plan;
    }

    private static IEnumerable<ASTNode> ConditionalsIn(GraphQLDocument document) =>
        document.Definitions.OfType<IHasSelectionSetNode>().SelectMany(static definition => ConditionalsIn(definition.SelectionSet));

    private static IEnumerable<ASTNode> ConditionalsIn(GraphQLSelectionSet? set)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            if (selection is IHasDirectivesNode { Directives.Count: > 0 })
                yield return selection;
            if (selection is IHasSelectionSetNode parent)
            {
                foreach (var below in ConditionalsIn(parent.SelectionSet))
                    yield return below;
            }
        }
    }
}
