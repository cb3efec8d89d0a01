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

/// <summary>The decision made for one request: the data protection officer oversees, nobody else.</summary>
internal sealed class Oversight
{
    private string? rule;

    /// <summary>The rule that decided.</summary>
    public string RuleId => rule ?? throw new InvalidOperationException("No oversight decision was made for this request.");

    public bool IsAllowed => RuleId == AccessRules.DpoReviews;

    /// <summary>Decides by role. Pure but for keeping the decision.</summary>
    internal void Make(Actor actor)
    {
        var decided = actor.Role == ActorRole.Dpo ? AccessRules.DpoReviews : AccessRules.ReviewForDpo;
        if (Interlocked.CompareExchange(ref rule, decided, null) is not null)
            throw new InvalidOperationException("A request is decided on once.");
    }
}

/// <summary>What a request of those who oversee gave: a value, or why not.</summary>
internal sealed record OversightAnswer<T>(T? Value, string? Code, string? RuleId)
    where T : class
{
    public static OversightAnswer<T> Of(T value) => new(value, null, null);

    public static OversightAnswer<T> Refused(string rule) => new(null, AccessDecision.Refused.AccessRefused, rule);

    public static OversightAnswer<T> NotFound { get; } = new(null, "NOT_FOUND", null);
}

/// <summary>What the audit keeps of oversight.</summary>
internal static class OversightLine
{
    public static AuditRecord Of(Actor actor, string detail) =>
        new() { Action = AuditAction.BreakGlassReviewed, Actor = AuditedActor.Of(actor), Detail = detail };

    public static AuditRecord Ended(AuditRecord line, string? code, string? rule) =>
        code is null ? line : line with { Outcome = AuditOutcome.Refused, Code = code, Rule = rule };
}

/// <summary>The queue of break-glass accesses, most urgent deadline first.</summary>
internal sealed record ListBreakGlassReviews(Actor Actor, ReviewOutcome? Outcome, int First, string? After)
    : IRequest<OversightAnswer<IReadOnlyList<BreakGlassReview>>>, IRequireOversight, IAudited<OversightAnswer<IReadOnlyList<BreakGlassReview>>>
{
    public Oversight Oversight { get; } = new();

    public IReadOnlyList<AuditRecord> Records(OversightAnswer<IReadOnlyList<BreakGlassReview>> response) =>
        [OversightLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [OversightLine.Of(Actor, "REVIEWS")];
}

internal sealed class ListBreakGlassReviewsHandler(IBreakGlassReviews reviews)
    : IRequestHandler<ListBreakGlassReviews, OversightAnswer<IReadOnlyList<BreakGlassReview>>>
{
    public async Task<OversightAnswer<IReadOnlyList<BreakGlassReview>>> Handle(ListBreakGlassReviews request, CancellationToken cancellationToken) =>
        request.Oversight.IsAllowed
            ? OversightAnswer<IReadOnlyList<BreakGlassReview>>.Of(
                await reviews.ListAsync(request.Outcome, request.First, request.After, cancellationToken))
            : OversightAnswer<IReadOnlyList<BreakGlassReview>>.Refused(request.Oversight.RuleId);
}

/// <summary>Says whether a break-glass access was justified.</summary>
internal sealed record SettleBreakGlassReview(Actor Actor, string TicketId, ReviewOutcome Outcome, string Comment)
    : IRequest<OversightAnswer<BreakGlassReview>>, IRequireOversight, IAudited<OversightAnswer<BreakGlassReview>>
{
    public const int LongestComment = 1000;

    public Oversight Oversight { get; } = new();

    public bool Changes => true;

    public IReadOnlyList<AuditRecord> Records(OversightAnswer<BreakGlassReview> response) =>
        [OversightLine.Ended(Attempted()[0], response.Code, response.RuleId)];

    public IReadOnlyList<AuditRecord> Attempted() => [OversightLine.Of(Actor, AuditCode.Of(Outcome)) with { Ticket = TicketId }];
}

internal sealed class SettleBreakGlassReviewHandler(IBreakGlassReviews reviews)
    : IRequestHandler<SettleBreakGlassReview, OversightAnswer<BreakGlassReview>>
{
    public async Task<OversightAnswer<BreakGlassReview>> Handle(SettleBreakGlassReview request, CancellationToken cancellationToken)
    {
        if (!request.Oversight.IsAllowed)
            return OversightAnswer<BreakGlassReview>.Refused(request.Oversight.RuleId);
        return await reviews.SettleAsync(request.TicketId, request.Outcome, request.Comment, request.Actor.Id, cancellationToken) is { } review
            ? OversightAnswer<BreakGlassReview>.Of(review)
            : OversightAnswer<BreakGlassReview>.NotFound;
    }
}
