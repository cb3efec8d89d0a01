using System.Globalization;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Deposits.Delivery;
using MediatR;

namespace DmpFederation.Hub.Deposits;

/// <summary>Has a line that waits or was refused tried at once.</summary>
internal sealed record RetryDelivery(Actor Actor, long Id)
    : IRequest<DeliveryAnswer<DeliveryLine>>, IRequireStewardship, IAudited<DeliveryAnswer<DeliveryLine>>
{
    public bool Changes => true;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    private string Detail => string.Create(CultureInfo.InvariantCulture, $"DELIVERY={Id}");

    public IReadOnlyList<AuditRecord> Records(DeliveryAnswer<DeliveryLine> response) =>
        [DeliveryLines.Of(AuditAction.DeliveryRetried, Actor, Stewardship, response.Fault, Detail)];

    public IReadOnlyList<AuditRecord> Attempted() => [DeliveryLines.One(AuditAction.DeliveryRetried, Actor, Detail)];
}

internal sealed class RetryDeliveryHandler(IDeliveryStore store, ISourceRegistry registry, DeliverySignal signal)
    : IRequestHandler<RetryDelivery, DeliveryAnswer<DeliveryLine>>
{
    public async Task<DeliveryAnswer<DeliveryLine>> Handle(RetryDelivery request, CancellationToken cancellationToken)
    {
        var (sources, fault) = DeliveryLines.ScopeOf(request.Stewardship.Decision, registry);
        if (fault is not null)
            return fault;
        try
        {
            if (await store.FindAsync(request.Id, cancellationToken) is not { } line || sources?.Contains(line.SourceId) == false)
                return new DepositFault(DepositFault.NotFound, "DELIVERY", "There is no such delivery.");
            if (!await store.RetryAsync(request.Id, cancellationToken))
                return new DepositFault(DepositFault.Conflict, "NOT_WAITING", "It was delivered, or its deposit was replaced.");
            signal.Wake();
            return (await store.FindAsync(request.Id, cancellationToken))!;
        }
        catch (DepositsUnavailableException unusable)
        {
            return new DepositFault(DepositFault.Unavailable, unusable.Code);
        }
    }
}
