using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Quarantine;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What operators ask about the quarantine.</summary>
internal sealed partial class DossierQuery
{
    [Cost(items: 50, SizedBy = "first")]
    [Description(
        "What sources hold and could not be read or mapped, newest first. Region operators see their own region's sources; national operators and "
        + "the data protection officer see every source. Nothing here tells whose an item is, and its bytes are not shown.")]
    public static async Task<QuarantinePageView> QuarantineAsync(
        [Description("Only this source.")][Id] string? sourceId,
        [Description("Only this reason code, such as `CDA_NOT_XML`.")] string? code,
        [Description("Only this state.")] QuarantineState? state,
        [Description("Size of the page, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`endCursor` of the page before.")][Id] string? after,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var size = DossierView.PageSize(first);
        var last = after is null ? (long?)null : QuarantineArgument.ItemId(after, "after");
        var request = new ListQuarantined(context.Actor(), sourceId, code, state, size, last);
        return new QuarantinePageView(QuarantineArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }
}
