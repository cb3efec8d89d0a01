using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>A list that the engine resolves as one value: a plan writes its items, no node exists below it.</summary>
internal sealed class ProjectedListNode(ExecutionNode parent, IGraphType graphType, GraphQLField field, FieldType fieldDefinition)
    : ExecutionNode(parent, graphType, field, fieldDefinition, indexInParentNode: null)
{
    /// <summary>JSON text of the list; null when the list is null.</summary>
    public JsonBuffer? Json { get; set; }

    public override object? ToValue() => Json;

    public override bool PropagateNull() => Json is null;
}
