using GraphQL.Validation;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>Refuses <c>__schema</c> and <c>__type</c> where introspection is switched off.</summary>
internal sealed class NoIntrospectionRule : ValidationRuleBase
{
    private static readonly MatchingNodeVisitor<GraphQLField> Visitor = new((field, context) =>
    {
        if (field.Name.Value == "__schema" || field.Name.Value == "__type")
            context.ReportError(new ValidationError(context.Document.Source, null, "Introspection is switched off.", field));
    });

    public static NoIntrospectionRule Instance { get; } = new();

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);
}
