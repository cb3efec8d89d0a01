using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using MediatR;

namespace DmpFederation.Hub.Deposits;

/// <summary>A page of the lines to the asker's sources, newest first: what waits, what was refused and why. Nothing tells whose it is.</summary>
internal sealed record ListDeliveries(Actor Actor, string? SourceId, DeliveryState? State, int First, long? After)
    : IRequest<DeliveryAnswer<DeliveryPage>>, IRequireStewardship, IAudited<DeliveryAnswer<DeliveryPage>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    private string Detail => $"SOURCE={SourceId ?? "ALL"}";

    public IReadOnlyList<AuditRecord> Records(DeliveryAnswer<DeliveryPage> response) =>
        [DeliveryLines.Of(AuditAction.DeliveryRead, Actor, Stewardship, response.Fault, Detail)];

    public IReadOnlyList<AuditRecord> Attempted() => [DeliveryLines.One(AuditAction.DeliveryRead, Actor, Detail)];
}

/// <param name="Lines">The lines.</param>
/// <param name="HasNext">Whether older ones follow.</param>
internal sealed record DeliveryPage(IReadOnlyList<DeliveryLine> Lines, bool HasNext);

/// <summary>What an operator's request gave: a value, or why not.</summary>
internal sealed record DeliveryAnswer<T>(T? Value, DepositFault? Fault)
    where T : class
{
    public static implicit operator DeliveryAnswer<T>(T value) => new(value, null);

    public static implicit operator DeliveryAnswer<T>(DepositFault fault) => new(null, fault);
}

/// <summary>The lines of the audit and the sources of an asker, for every request about deliveries.</summary>
internal static class DeliveryLines
{
    public static AuditRecord Of(AuditAction action, Actor actor, Stewardship stewardship, DepositFault? fault, string detail) =>
        (One(action, actor, detail) with { Rule = stewardship.Decision.RuleId }).EndedAs(fault?.Code, fault?.Rule);

    public static AuditRecord One(AuditAction action, Actor actor, string detail) => new()
    {
        Action = action,
        Actor = AuditedActor.Of(actor),
        Purpose = AuditCode.Of(Purpose.Stewardship),
        Detail = detail,
    };

    /// <summary>The sources the asker runs, null for every one; or why there are none.</summary>
    public static (IReadOnlyList<string>? Sources, DepositFault? Fault) ScopeOf(StewardshipDecision decision, ISourceRegistry registry) =>
        decision is StewardshipDecision.Allowed { Region: var region }
            ? (registry.Current.IdsOf(region), null)
            : ([], new DepositFault(AccessDecision.Refused.AccessRefused, decision.RuleId));
}

internal sealed class ListDeliveriesHandler(IDeliveryStore store, ISourceRegistry registry)
    : IRequestHandler<ListDeliveries, DeliveryAnswer<DeliveryPage>>
{
    public async Task<DeliveryAnswer<DeliveryPage>> Handle(ListDeliveries request, CancellationToken cancellationToken)
    {
        var (sources, fault) = DeliveryLines.ScopeOf(request.Stewardship.Decision, registry);
        if (fault is not null)
            return fault;
        // Sources of other regions are as if there were none.
        if (request.SourceId is { } one)
            sources = sources is null || sources.Contains(one) ? [one] : [];
        try
        {
            var lines = await store.ListAsync(sources, request.State, request.First + 1, request.After, cancellationToken);
            return new DeliveryPage([.. lines.Take(request.First)], lines.Count > request.First);
        }
        catch (DepositsUnavailableException unusable)
        {
            return new DepositFault(DepositFault.Unavailable, unusable.Code);
        }
    }
}
