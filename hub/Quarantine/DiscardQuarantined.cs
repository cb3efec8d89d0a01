using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using MediatR;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Gives one item up.</summary>
internal sealed record DiscardQuarantined(Actor Actor, long Id, string Reason)
    : IRequest<QuarantineAnswer<QuarantinedItem>>, IRequireStewardship, IAudited<QuarantineAnswer<QuarantinedItem>>
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    private string Detail => FormattableString.Invariant($"ITEM={Id}");

    public IReadOnlyList<AuditRecord> Records(QuarantineAnswer<QuarantinedItem> response) =>
        QuarantineLines.Of(AuditAction.QuarantineDiscarded, Actor, Stewardship, response, Detail);

    public IReadOnlyList<AuditRecord> Attempted() => [QuarantineLines.One(AuditAction.QuarantineDiscarded, Actor, Detail)];
}

internal sealed class DiscardQuarantinedHandler(
    IQuarantineStore store, ISourceRegistry registry, TimeProvider clock, ILogger<DiscardQuarantinedHandler> logger)
    : IRequestHandler<DiscardQuarantined, QuarantineAnswer<QuarantinedItem>>
{
    public async Task<QuarantineAnswer<QuarantinedItem>> Handle(DiscardQuarantined request, CancellationToken cancellationToken)
    {
        var (scope, refusal) = StewardScope.Of(request.Stewardship.Decision, registry);
        if (refusal is not null)
            return refusal;
        try
        {
            if (await store.FindAsync(request.Id, cancellationToken) is not { } item || scope?.Contains(item.SourceId) == false)
                return QuarantineRefusal.NoItem;
            if (!await store.DiscardAsync(request.Id, request.Actor.Id, request.Reason, clock.GetUtcNow(), cancellationToken))
                return new QuarantineRefusal(QuarantineRefusal.Conflict, "NOT_HELD");
            logger.ItemDiscarded(request.Id);
            return (await store.FindAsync(request.Id, cancellationToken))!;
        }
        catch (QuarantineUnavailableException fault)
        {
            return QuarantineRefusal.Of(fault);
        }
    }
}
