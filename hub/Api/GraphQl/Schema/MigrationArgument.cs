using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Reads arguments about migrations, and turns refusals into coded errors.</summary>
internal static class MigrationArgument
{
    /// <exception cref="CodedError">An id is none of a slice of this source.</exception>
    public static IReadOnlyList<SliceId>? Slices(IReadOnlyList<string>? ids, string sourceId)
    {
        if (ids is null)
            return null;
        if (ids.Count == 0)
            throw new CodedError(ProblemMap.BadRequest("Argument 'slices' names none; leave it out for all.", "SLICE_ID"));
        return
        [
            .. ids.Distinct(StringComparer.Ordinal).Select(id => SliceId.Parse(id) is { } slice && slice.SourceId == sourceId
                ? slice
                : throw new CodedError(ProblemMap.BadRequest("Argument 'slices' holds an id that is none of a slice of this source.", "SLICE_ID"))),
        ];
    }

    public static string? Reason(string? reason, int shortest = 0) => PolicyArgument.Text(reason, "reason", MigrationOrder.LongestReason, shortest);

    public static LegacyLoad Load(LoadDraft draft) => draft.ToLoad() is ({ } load, _)
        ? load
        : throw new CodedError(ProblemMap.BadRequest(draft.ToLoad().Problem!, LoadDraft.Rule));

    public static T Value<T>(MigrationAnswer<T> answer)
        where T : class =>
        answer.Refusal is { } refusal ? throw new CodedError(ProblemMap.From(refusal)) : answer.Value!;
}
