using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Whether the store could be written when it was last tried. Thread-safe.</summary>
internal sealed class QuarantineHealth : IHealthCheck
{
    private string? problem;

    /// <summary>Code of what is wrong; null when all is well.</summary>
    public string? Problem => Volatile.Read(ref problem);

    /// <summary>Notes how the last try ended. True when that is news.</summary>
    public bool Observe(string? code) => Interlocked.Exchange(ref problem, code) != code;

    /// <summary>Degraded, not unhealthy: dossiers are read whether or not anything can be kept.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem is { } code
            ? HealthCheckResult.Degraded($"what cannot be read is not kept ({code})")
            : HealthCheckResult.Healthy());
}
