using System.Diagnostics.Metrics;
using DmpFederation.Hub.Audit.Chain;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DmpFederation.Hub.Audit;

/// <summary>Tells operators how the audit fares: log, metrics, health. Thread-safe.</summary>
internal sealed class AuditWatch : IHealthCheck
{
    public const string MeterName = "DmpFederation.Audit";

    private readonly ILogger<AuditWatch> logger;
    private readonly Counter<long> lines;
    private readonly Counter<long> commits;
    private readonly Counter<long> refused;
    private string? problem;
    private ChainAnchor? head;
    private ChainAnchor? logged;

    public AuditWatch(IMeterFactory meters, ILogger<AuditWatch> logger)
    {
        this.logger = logger;
        var meter = meters.Create(MeterName);
        lines = meter.CreateCounter<long>("dmpfed.audit.lines", description: "Lines written.");
        commits = meter.CreateCounter<long>("dmpfed.audit.commits", description: "Commits that wrote them.");
        refused = meter.CreateCounter<long>("dmpfed.audit.unavailable", description: "Commits that failed, by code.");
        meter.CreateObservableGauge("dmpfed.audit.usable", () => Problem is null ? 1 : 0, description: "1 when the audit could be written at the last try.");
    }

    /// <summary>Code of what is wrong; null when all is well.</summary>
    public string? Problem => Volatile.Read(ref problem);

    public void Written(string chain, long seq, byte[] hash, int count)
    {
        Volatile.Write(ref head, new ChainAnchor(chain, seq, hash));
        lines.Add(count);
        commits.Add(1);
        if (Interlocked.Exchange(ref problem, null) is not null)
            logger.TrailAvailable();
    }

    public void Unusable(string code)
    {
        refused.Add(1, new KeyValuePair<string, object?>("code", code));
        if (Interlocked.Exchange(ref problem, code) != code)
            logger.TrailUnavailable(code);
    }

    /// <summary>Logs where the chain ends, unless that is logged already.</summary>
    public void LogAnchor()
    {
        if (Volatile.Read(ref head) is not { } now || now.Seq == Interlocked.Exchange(ref logged, now)?.Seq)
            return;
        logger.Anchor(now.ToString());
    }

    /// <summary>Unhealthy, not degraded: a node that cannot write its audit serves nothing, and another one should be asked.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem is { } code ? HealthCheckResult.Unhealthy($"the audit cannot be written ({code}): nothing is served") : HealthCheckResult.Healthy());
}
