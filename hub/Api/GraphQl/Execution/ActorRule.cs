using GraphQL.Validation;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// No document runs without an asker. It stands in the rules of cached documents too: those skip validation, and an embedded caller must not
/// be able to slip past the transport's 401.
/// </summary>
internal sealed class ActorRule : ValidationRuleBase
{
    public static ActorRule Instance { get; } = new();

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (context.UserContext is not GraphQlUserContext)
            context.ReportError(new ValidationError(ProblemMap.Unauthenticated.Message) { Code = ErrorCodes.Unauthenticated });
        return default;
    }
}
