using DmpFederation.Hub.Api.GraphQl.Projection;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>A parsed document that passed validation, with what was learned of it. Shared by requests; nothing in it changes but the plan cache.</summary>
internal sealed class CachedDocument(GraphQLDocument document, DocumentCost cost)
{
    public GraphQLDocument Document { get; } = document;

    public DocumentCost Cost { get; } = cost;

    public PlanCache Plans { get; } = new(document);

    /// <summary>False until one request with this document and operation passed validation.</summary>
    public bool Validated { get; set; }
}
