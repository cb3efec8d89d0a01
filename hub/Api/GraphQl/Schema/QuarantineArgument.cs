using System.Globalization;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Quarantine;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>Reads ids of quarantined items, and turns refusals into coded errors.</summary>
internal static class QuarantineArgument
{
    public static long ItemId(string text, string argument) => ItemId(text, argument, "a quarantined item");

    /// <summary>Reads the id of something that is numbered.</summary>
    /// <exception cref="CodedError">It is none.</exception>
    internal static long ItemId(string text, string argument, string what) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new CodedError(ProblemMap.BadRequest($"Argument '{argument}' is no id of {what}.", "ITEM_ID"));

    public static T Value<T>(QuarantineAnswer<T> answer)
        where T : class =>
        answer.Refusal is { } refusal ? throw new CodedError(ProblemMap.From(refusal)) : answer.Value!;
}
