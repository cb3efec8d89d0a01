using DmpFederation.Hub.Api.GraphQl.Projection;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// A parsed document with what was learned of it.
/// Shared by requests; nothing in it changes but its plans and whether it is known to be valid.
/// </summary>
internal sealed class CachedDocument(GraphQLDocument document, DocumentCost cost)
{
    public GraphQLDocument Document { get; } = document;

    public DocumentCost Cost { get; } = cost;

    public PlanCache Plans { get; } = new(document);

    /// <summary>False until one request with this document and operation passed validation.</summary>
    public bool Validated { get; set; }
}
