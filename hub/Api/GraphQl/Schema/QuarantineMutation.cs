using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Quarantine;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What operators do to the quarantine.</summary>
internal sealed partial class DossierMutation
{
    [Cost(self: 2_000)]
    [Description(
        "Reads kept items again with the present build of their plug-in: the named ones, or the newest 50 that a source has held. For operators. "
        + "What can be read is marked REPLAYED; its facts then stand in the next answer of `dossier`, as sources are read live.")]
    public static async Task<ReplayReportView> ReplayQuarantinedAsync(
        [Description("Replays what this source has held.")][Id] string? sourceId,
        [Description("The items, at most 50.")][Id] IReadOnlyList<string>? ids,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (ids is { Count: > ReplayQuarantined.Most })
            throw new CodedError(ProblemMap.BadRequest($"At most {ReplayQuarantined.Most} items can be replayed at once.", "ITEM_COUNT"));
        if (sourceId is null && ids is not { Count: > 0 })
            throw new CodedError(ProblemMap.BadRequest("Name a source or items to replay.", "NOTHING_NAMED"));
        var request = new ReplayQuarantined(context.Actor(), sourceId, [.. (ids ?? []).Select(static id => QuarantineArgument.ItemId(id, "ids"))]);
        return new ReplayReportView(QuarantineArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }

    [Description("Gives one held item up. For operators. Dossiers go on saying that something of the source could not be read.")]
    public static async Task<QuarantinedItemView> DiscardQuarantinedAsync(
        [Description("The item.")][Id] string id,
        [Description("Why, for those who look at it later; never about a person. 1 to 500 characters.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > DiscardQuarantined.LongestReason)
            throw new CodedError(ProblemMap.BadRequest($"Argument 'reason' must have 1 to {DiscardQuarantined.LongestReason} characters.", "REASON"));
        var request = new DiscardQuarantined(context.Actor(), QuarantineArgument.ItemId(id, "id"), reason);
        return new QuarantinedItemView(QuarantineArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }
}
