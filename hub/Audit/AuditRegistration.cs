using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Audit.Store;
using DmpFederation.Hub.Storage;
using MediatR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Audit;

internal static class AuditRegistration
{
    /// <summary>
    /// The whole: trail, behaviour, keeper, health. Call it after the feature that decides: behaviours run in the order of their registration.
    /// </summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuditTrail(configuration);
        services.TryAddEnumerable(ServiceDescriptor.Transient(typeof(IPipelineBehavior<,>), typeof(AuditBehaviour<,>)));
        services.AddHostedService<AuditKeeper>();
        services.AddHealthChecks().AddCheck<AuditWatch>("audit", tags: ["ready"]);
        return services;
    }

    /// <summary>The trail and what looks into it, for commands beside a running hub.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStorage(configuration);
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChainKeys>();
        services.TryAddSingleton<AuditWatch>();
        services.TryAddSingleton<IStoreDatabase<AuditDb>>(static provider => provider.GetRequiredService<StoreDatabases>()
            .Open<AuditDb>(ChainKeys.Store, static file => new SqliteAuditDb(file), static server => new PostgreSqlAuditDb(server)));
        services.TryAddSingleton<IAuditTrail, AuditTrail>();
        services.TryAddSingleton<IAuditReader, AuditReader>();
        return services;
    }
}
