using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Serving.Shadow;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Migration.Serving;

internal static class ServingRegistration
{
    /// <summary>Reading from both stores. Before the federation, which otherwise knows the legacy systems alone.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServingOptions>().Bind(configuration.GetSection(ServingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServingRoutes>();
        services.TryAddSingleton<INationalService>(static provider => provider.GetRequiredService<ServingRoutes>());
        services.TryAddSingleton<ServingClock>();
        services.TryAddSingleton<ServingMetrics>();
        services.TryAddSingleton<ShadowQueue>();
        services.TryAddSingleton<ShadowComparison>();
        services.TryAddSingleton<RoutesWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<RoutesWatch>());
        services.AddHostedService<ShadowWatch>();
        services.TryAddSingleton<ShadowedReader>();
        services.TryAddSingleton<IStoreReader, NationalReader>();
        return services;
    }
}
