using System.ComponentModel;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Federation.Steward;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using GraphQL;
using MediatR;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>What identity stewards do.</summary>
internal sealed partial class DossierMutation
{
    [Description("Settles a disagreement on identity. Operators.")]
    public static async Task<IdentityWorkItemView> SettleIdentityWorkAsync(
        [Description("The item.")][Id] string id,
        [Description("CORRECTED, ANOTHER_PERSON or DISMISSED.")] IdentityWorkState state,
        [Description("What was done; never a trait. 1 to 1,000 characters.")] string comment,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        if (state == IdentityWorkState.Open)
            throw new CodedError(ProblemMap.BadRequest("Argument 'state' must say how it was settled.", "STATE"));
        var text = PolicyArgument.Text(comment, "comment", SettleIdentityWork.LongestComment, 1)!;
        var request = new SettleIdentityWork(context.Actor(), IdentityArgument.ItemId(id, "id"), state, text);
        return new IdentityWorkItemView(IdentityArgument.Value(await mediator.Send(request, context.CancellationToken)));
    }

    [Description("Links another identifier to a person. National operators.")]
    public static async Task<IReadOnlyList<IdentityLinkView>> LinkIdentifierAsync(
        [Description("An identifier of the person.")] InsArgument ins,
        [Description("The other identifier, as `system|value`.")][Id] string other,
        [Description("How sure.")] IdentityStatus status,
        [Description("INSI, a code of an identity document (CN, PA, AN, LE…) or IMPORT.")] string verifiedBy,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var how = PolicyArgument.Text(verifiedBy, "verifiedBy", 20, 1)!;
        var request = new LinkIdentifier(context.Actor(), PolicyArgument.Patient(ins), IdentityArgument.Key(other), status, how);
        return IdentityArgument.Links(await mediator.Send(request, context.CancellationToken));
    }

    [Description("Takes an identifier away from its person: at the next request it leads nowhere. The history keeps it. National operators.")]
    public static async Task<IReadOnlyList<IdentityLinkView>> UnlinkIdentifierAsync(
        [Description("The identifier, as `system|value`.")][Id] string identifier,
        [Description("Why, 1 to 500 characters; never a trait.")] string reason,
        IResolveFieldContext context,
        [FromServices] IMediator mediator)
    {
        var why = PolicyArgument.Text(reason, "reason", UnlinkIdentifier.LongestReason, 1)!;
        var request = new UnlinkIdentifier(context.Actor(), IdentityArgument.Key(identifier), why);
        return IdentityArgument.Links(await mediator.Send(request, context.CancellationToken));
    }
}
