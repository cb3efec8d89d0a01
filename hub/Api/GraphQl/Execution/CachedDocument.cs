using DmpFederation.Hub.Api.GraphQl.Projection;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// A parsed document with what was learned of it.
/// Shared by requests; nothing in it changes but its plans and whether it is known to be valid.
/// </summary>
internal sealed class CachedDocument(GraphQLDocument document, DocumentCost cost)
{
    private readonly List<ArgumentedField> arguments = [];

    public GraphQLDocument Document { get; } = document;

    public DocumentCost Cost { get; } = cost;

    public PlanCache Plans { get; } = new(document);

    /// <summary>False until one request with this document and operation passed validation.</summary>
    public bool Validated { get; private set; }

    /// <summary>
    /// The fields that are given arguments. Null where the library has to look at the whole document each time: with directives, whose values
    /// change too, or with several operations, of which one is chosen.
    /// </summary>
    public IReadOnlyList<ArgumentedField>? Arguments { get; private set; }

    /// <summary>Takes note of a field, before the document is shared.</summary>
    public void Note(ArgumentedField field) => arguments.Add(field);

    /// <summary>The document is valid, and its fields with arguments are all noted.</summary>
    public void Accept()
    {
        if (Plans.ConditionalNodes.Count == 0 && Document.Definitions.Count(static definition => definition is GraphQLOperationDefinition) == 1)
            Arguments = arguments;
        Validated = true;
    }
}
