using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation.Steward;
using DmpFederation.Hub.Identity.Links;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What identity stewards ask.</summary>
internal sealed partial class DossierQuery
{
    [Cost(items: 50, SizedBy = "first")]
    [Description(
        "Disagreements on identity that keep something out of a dossier, newest first: region operators for their sources, national operators and "
        + "the data protection officer for every source. Holds no trait.")]
    public static async Task<IReadOnlyList<IdentityWorkItemView>> IdentityWorkAsync(
        [Description("Only these; left out: all.")] IdentityWorkState? state,
        [Description("At most so many, 1 to 500.")][DefaultAstValue("50")] int? first,
        [Description("`id` of the last one of the page before.")][Id] string? after,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var last = after is null ? (long?)null : IdentityArgument.ItemId(after, "after");
        var request = new ListIdentityWork(context.Actor(), state, DossierView.PageSize(first), last);
        return [.. IdentityArgument.Value(await mediator.Send(request, context.CancellationToken)).Select(static item => new IdentityWorkItemView(item))];
    }

    [Cost(items: 10)]
    [Description("Identifiers linked to one person, ended links included. National operators and the data protection officer.")]
    public static async Task<IReadOnlyList<IdentityLinkView>> IdentityLinksAsync(
        [Description("An identifier of the person.")] InsArgument ins, IResolveFieldContext context, [FromServices] IMediator mediator)
    {
        var request = new ListIdentityLinks(context.Actor(), PolicyArgument.Patient(ins));
        return IdentityArgument.Links(await mediator.Send(request, context.CancellationToken));
    }
}
