using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>Counts the nodes of a document that make validation expensive, used or not, and stops at a limit.</summary>
internal static class NodeCount
{
    public static bool IsWithin(GraphQLDocument document, int limit)
    {
        var left = limit;
        foreach (var definition in document.Definitions)
        {
            left -= 1 + ((definition as IHasDirectivesNode)?.Directives?.Count ?? 0);
            if (definition is IHasSelectionSetNode executable && !Take(executable.SelectionSet, ref left))
                return false;
        }

        return left >= 0;
    }

    private static bool Take(GraphQLSelectionSet? set, ref int left)
    {
        foreach (var selection in set?.Selections ?? [])
        {
            left -= 1 + ((selection as IHasDirectivesNode)?.Directives?.Count ?? 0) + ((selection as IHasArgumentsNode)?.Arguments?.Count ?? 0);
            if (left < 0 || (selection is IHasSelectionSetNode parent && !Take(parent.SelectionSet, ref left)))
                return false;
        }

        return left >= 0;
    }
}
