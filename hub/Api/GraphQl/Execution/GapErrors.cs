using DmpFederation.Hub.Federation;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Execution;

/// <summary>
/// Names each failed source once in <c>errors</c>, at the field that asked (contract §5), so that a client that reads no <c>sources</c> still
/// learns that something is missing. The data stays.
/// </summary>
internal static class GapErrors
{
    public static void Report(IResolveFieldContext context, IEnumerable<SourceAnswer> answers)
    {
        HashSet<(string, string)>? seen = null;
        foreach (var answer in answers)
        {
            if (ProblemMap.From(answer) is { } gap && (seen ??= []).Add((answer.SourceId, gap.Code)))
                context.Report(gap);
        }
    }
}
