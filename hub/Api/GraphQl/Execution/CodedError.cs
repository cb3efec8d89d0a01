using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>A <see cref="Api.Problem"/> on its way through the GraphQL library.</summary>
internal sealed class CodedError : ExecutionError
{
    public CodedError(Problem problem)
        : base(problem.Message)
    {
        Problem = problem;
        Code = problem.Code;
    }

    public Problem Problem { get; }
}
