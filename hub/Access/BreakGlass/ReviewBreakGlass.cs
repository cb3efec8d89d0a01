using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Access.BreakGlass;

/// <summary>A request of those who oversee: it is decided on before its handler runs.</summary>
internal interface IRequireOversight
{
    Actor Actor { get; }

    /// <summary>Where the decision is kept for the handler.</summary>
    Oversight Oversight { get; }
}

/// <summary>The rule that decided for one request: the data protection officer oversees, nobody else.</summary>
internal sealed class Oversight : DecidedOnce<string>
{
    /// <summary>The rule that decided.</summary>
    public string RuleId => Made;

    public bool IsAllowed => RuleId == AccessRules.DpoReviews;

    /// <summary>Decides by role. Pure.</summary>
    public static string RuleFor(Actor actor) => actor.Role == ActorRole.Dpo ? AccessRules.DpoReviews : AccessRules.ReviewForDpo;
}

/// <summary>The queue of break-glass accesses, most urgent deadline first.</summary>
internal sealed record ListBreakGlassReviews(Actor Actor, ReviewOutcome? Outcome, int First, string? After)
    : IRequest<RoleAnswer<IReadOnlyList<BreakGlassReview>>>, IRequireOversight, IAudited<RoleAnswer<IReadOnlyList<BreakGlassReview>>>
{
    public Oversight Oversight { get; } = new();

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<IReadOnlyList<BreakGlassReview>> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [OversightLine.Of(Actor, "REVIEWS")];
}

internal sealed class ListBreakGlassReviewsHandler(IBreakGlassReviews reviews)
    : IRequestHandler<ListBreakGlassReviews, RoleAnswer<IReadOnlyList<BreakGlassReview>>>
{
    public async Task<RoleAnswer<IReadOnlyList<BreakGlassReview>>> Handle(ListBreakGlassReviews request, CancellationToken cancellationToken) =>
        request.Oversight.IsAllowed
            ? RoleAnswer<IReadOnlyList<BreakGlassReview>>.Of(
                await reviews.ListAsync(request.Outcome, request.First, request.After, cancellationToken))
            : RoleAnswer<IReadOnlyList<BreakGlassReview>>.Refused(request.Oversight.RuleId);
}

/// <summary>Says whether a break-glass access was justified.</summary>
internal sealed record SettleBreakGlassReview(Actor Actor, string TicketId, ReviewOutcome Outcome, string Comment)
    : IRequest<RoleAnswer<BreakGlassReview>>, IRequireOversight, IAudited<RoleAnswer<BreakGlassReview>>
{
    public const int LongestComment = 1000;

    public Oversight Oversight { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(RoleAnswer<BreakGlassReview> response) =>
        [Attempted()[0].EndedAs(response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [OversightLine.Of(Actor, AuditCode.Of(Outcome)) with { Ticket = TicketId }];
}

internal sealed class SettleBreakGlassReviewHandler(IBreakGlassReviews reviews)
    : IRequestHandler<SettleBreakGlassReview, RoleAnswer<BreakGlassReview>>
{
    public async Task<RoleAnswer<BreakGlassReview>> Handle(SettleBreakGlassReview request, CancellationToken cancellationToken)
    {
        if (!request.Oversight.IsAllowed)
            return RoleAnswer<BreakGlassReview>.Refused(request.Oversight.RuleId);
        return await reviews.SettleAsync(request.TicketId, request.Outcome, request.Comment, request.Actor.Id, cancellationToken) is { } review
            ? RoleAnswer<BreakGlassReview>.Of(review)
            : RoleAnswer<BreakGlassReview>.NotFound;
    }
}

/// <summary>What the audit keeps of oversight.</summary>
internal static class OversightLine
{
    public static AuditRecord Of(Actor actor, string detail) =>
        new() { Action = AuditAction.BreakGlassReviewed, Actor = AuditedActor.Of(actor), Detail = detail };
}
