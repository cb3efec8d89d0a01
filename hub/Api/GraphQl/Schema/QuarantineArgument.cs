using System.Globalization;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Reads ids of quarantined items, and turns refusals into coded errors.</summary>
internal static class QuarantineArgument
{
    public static long ItemId(string text, string argument) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new CodedError(ProblemMap.BadRequest($"Argument '{argument}' is no id of a quarantined item.", "ITEM_ID"));

    public static T Value<T>(QuarantineAnswer<T> answer)
        where T : class =>
        answer.Refusal is { } refusal ? throw new CodedError(ProblemMap.From(refusal)) : answer.Value!;
}
