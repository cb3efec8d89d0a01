using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using MediatR;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Replays named items, or the held ones of a source, newest first.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="SourceId">Replays what this source has held; null when items are named.</param>
/// <param name="Ids">The items; empty when a source is named.</param>
internal sealed record ReplayQuarantined(Actor Actor, string? SourceId, IReadOnlyList<long> Ids)
    : IRequest<QuarantineAnswer<ReplayReport>>, IRequireStewardship, IAudited<QuarantineAnswer<ReplayReport>>
{
    /// <summary>Most items of one request: each may run for seconds.</summary>
    public const int Most = 50;

    public StewardshipAct Act => StewardshipAct.Change;

    public Stewardship Stewardship { get; } = new();

    public bool Changes => true;

    private string Named => SourceId is null ? $"ITEMS={string.Join(',', Ids)}" : $"SOURCE={SourceId}";

    public IReadOnlyList<AuditRecord> Records(QuarantineAnswer<ReplayReport> response) => QuarantineLines.Of(
        AuditAction.QuarantineReplayed, Actor, Stewardship, response, response.Value is { } report ? $"{Named};READ={Read(report)}" : Named);

    public IReadOnlyList<AuditRecord> Attempted() => [QuarantineLines.One(AuditAction.QuarantineReplayed, Actor, Named)];

    private static int Read(ReplayReport report) => report.Results.Count(static result => result.Code is null);
}

/// <summary>What came of a replay.</summary>
/// <param name="Results">Each item that was tried.</param>
/// <param name="HasMore">True when the source has further held items, which were not tried.</param>
internal sealed record ReplayReport(IReadOnlyList<ReplayResult> Results, bool HasMore);

internal sealed class ReplayQuarantinedHandler(IQuarantineStore store, ISourceRegistry registry, QuarantineReplay replay)
    : IRequestHandler<ReplayQuarantined, QuarantineAnswer<ReplayReport>>
{
    public async Task<QuarantineAnswer<ReplayReport>> Handle(ReplayQuarantined request, CancellationToken cancellationToken)
    {
        var (scope, refusal) = StewardScope.Of(request.Stewardship.Decision, registry);
        if (refusal is not null)
            return refusal;
        var sources = StewardScope.Within(scope, request.SourceId);
        try
        {
            return request.Ids.Count > 0
                ? await NamedAsync(request, sources, cancellationToken)
                : await HeldAsync(request, sources, cancellationToken);
        }
        catch (QuarantineUnavailableException fault)
        {
            return QuarantineRefusal.Of(fault);
        }
    }

    private async Task<ReplayReport> NamedAsync(ReplayQuarantined request, IReadOnlyList<string>? sources, CancellationToken cancellationToken)
    {
        var results = new List<ReplayResult>();
        foreach (var id in request.Ids.Distinct())
        {
            results.Add(await store.FindAsync(id, cancellationToken) is { } item && sources?.Contains(item.SourceId) != false
                ? await replay.RunAsync(item, request.Actor.Id, cancellationToken)
                : ReplayResult.NotFound(id));
        }
        return new ReplayReport(results, false);
    }

    private async Task<ReplayReport> HeldAsync(ReplayQuarantined request, IReadOnlyList<string>? sources, CancellationToken cancellationToken)
    {
        var held = await store.ListAsync(new QuarantineFilter(sources, null, QuarantineState.Held), ReplayQuarantined.Most, null, cancellationToken);
        var results = new List<ReplayResult>();
        foreach (var item in held.Items)
            results.Add(await replay.RunAsync(item, request.Actor.Id, cancellationToken));
        return new ReplayReport(results, held.HasNext);
    }
}
