using GraphQL.Validation;
using GraphQLParser.AST;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>While a document is validated for the first time: notes which of its fields are given arguments.</summary>
internal sealed class ArgumentsRule : ValidationRuleBase
{
    private static readonly MatchingNodeVisitor<GraphQLField> Visitor = new((field, context) =>
    {
        if (field.Arguments?.Count > 0 && context.UserContext is GraphQlUserContext { Document: { } document }
            && context.TypeInfo.GetFieldDef() is { } definition)
            document.Note(new ArgumentedField(field, definition));
    });

    public static ArgumentsRule Instance { get; } = new();

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);
}
