using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Deposits;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What operators ask about deliveries.</summary>
internal sealed partial class DossierQuery
{
    [Cost(items: 50, SizedBy = "first")]
    [Description(
        "Deposits on their way to legacy dossiers, newest first. Region operators see their own region's sources; national operators and the data "
        + "protection officer see every source. Nothing here tells whose a deposit is.")]
    public static async Task<DeliveryPageView> DeliveriesAsync(
        [Description("Only to this source.")][Id] string? sourceId,
        [Description("Only in this state.")] DeliveryState? state,
        [Description("Size of the page, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`endCursor` of the page before.")][Id] string? after,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var last = after is null ? (long?)null : QuarantineArgument.ItemId(after, "after", "a delivery");
        var request = new ListDeliveries(context.Actor(), sourceId, state, DossierView.PageSize(first), last);
        return new DeliveryPageView(DeliveryArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }
}

/// <summary>Turns refusals into coded errors.</summary>
internal static class DeliveryArgument
{
    /// <exception cref="CodedError">It was refused.</exception>
    public static T Value<T>(DeliveryAnswer<T> answer)
        where T : class => answer.Fault is { } fault ? throw new CodedError(ProblemMap.From(fault)) : answer.Value!;
}
