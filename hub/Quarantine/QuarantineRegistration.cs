using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Quarantine.Store;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Quarantine;

internal static class QuarantineRegistration
{
    /// <summary>The whole: store, intake on the read path, writer, health. After the connectors, whose reader it wraps.</summary>
    public static IServiceCollection AddQuarantine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddQuarantineStore(configuration);
        services.TryAddSingleton<QuarantineHealth>();
        services.TryAddSingleton<QuarantineMetrics>();
        services.TryAddSingleton<QuarantineWatch>();
        services.TryAddSingleton<QuarantineIntake>();
        services.TryAddSingleton<IQuarantineIntake>(static provider => provider.GetRequiredService<QuarantineIntake>());
        services.AddHostedService<QuarantineWriter>();
        services.Decorate<ISourceReader, QuarantiningReader>();
        services.AddHealthChecks().AddCheck<QuarantineHealth>("quarantine", tags: ["ready"]);
        return services;
    }

    /// <summary>The store and what looks into it, without intake: for commands beside a running hub.</summary>
    public static IServiceCollection AddQuarantineStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QuarantineOptions>()
            .Bind(configuration.GetSection(QuarantineOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IQuarantineDatabase, SqliteQuarantine>();
        services.TryAddSingleton<IQuarantineStore, QuarantineStore>();
        services.TryAddSingleton<QuarantineReplay>();
        services.TryAddSingleton<HeldCounts>();
        return services;
    }
}
