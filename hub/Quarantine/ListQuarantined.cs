using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using MediatR;

namespace DmpFederation.Hub.Quarantine;

/// <summary>A page of the items of the asker's sources.</summary>
internal sealed record ListQuarantined(Actor Actor, string? SourceId, string? Code, QuarantineState? State, int First, long? After)
    : IRequest<QuarantineAnswer<QuarantinedPage>>, IRequireStewardship, IAudited<QuarantineAnswer<QuarantinedPage>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    private string? Detail => SourceId is null ? null : $"SOURCE={SourceId}";

    public IReadOnlyList<AuditRecord> Records(QuarantineAnswer<QuarantinedPage> response) => QuarantineLines.Of(
        AuditAction.QuarantineListed, Actor, Stewardship, response, response.Value is { } page ? $"{Detail ?? "SOURCE=ALL"};ITEMS={page.Items.Count}" : Detail);

    public IReadOnlyList<AuditRecord> Attempted() => [QuarantineLines.One(AuditAction.QuarantineListed, Actor, Detail)];
}

internal sealed class ListQuarantinedHandler(IQuarantineStore store, ISourceRegistry registry)
    : IRequestHandler<ListQuarantined, QuarantineAnswer<QuarantinedPage>>
{
    public async Task<QuarantineAnswer<QuarantinedPage>> Handle(ListQuarantined request, CancellationToken cancellationToken)
    {
        var (scope, refusal) = StewardScope.Of(request.Stewardship.Decision, registry);
        if (refusal is not null)
            return refusal;
        var filter = new QuarantineFilter(StewardScope.Within(scope, request.SourceId), request.Code, request.State);
        try
        {
            return await store.ListAsync(filter, request.First, request.After, cancellationToken);
        }
        catch (QuarantineUnavailableException fault)
        {
            return QuarantineRefusal.Of(fault);
        }
    }
}
