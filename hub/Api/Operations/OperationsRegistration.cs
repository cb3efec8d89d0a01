using DmpFederation.Hub.Api.GraphQl.Schema;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Prometheus;

namespace DmpFederation.Hub.Api.Operations;

/// <summary>Health and metrics. Nothing here holds patient data, so no token is asked for.</summary>
internal static class OperationsRegistration
{
    /// <summary>Checks with this tag decide about <c>/health/ready</c>.</summary>
    public const string ReadyTag = "ready";

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        ExportedMetrics.Choose();
        services.AddHealthChecks().AddCheck<SchemaHealthCheck>("graphql-schema", tags: [ReadyTag]);
        return services;
    }

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder endpoints)
    {
        // Live: the process answers. Sources that are down must not get a hub restarted.
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(ReadyTag),
            ResponseWriter = WriteDetailAsync,
        });
        // Instruments of System.Diagnostics.Metrics are bridged into the same registry by prometheus-net; ExportedMetrics says which.
        endpoints.MapMetrics("/metrics");
        return endpoints;
    }

    /// <summary>The state, then a line for each check that is not well: a degraded hub still serves, and says what it lacks.</summary>
    private static Task WriteDetailAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Where(static check => check.Value.Status != HealthStatus.Healthy)
            .Select(static check => $"\n{check.Key}: {check.Value.Status}, {check.Value.Description}");
        return context.Response.WriteAsync(report.Status + string.Concat(lines), context.RequestAborted);
    }

    /// <summary>Ready once the schema is built: the first query then costs what every query costs.</summary>
    private sealed class SchemaHealthCheck(DossierSchema schema) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            schema.Initialize();
            return Task.FromResult(HealthCheckResult.Healthy());
        }
    }
}
