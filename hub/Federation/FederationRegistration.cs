using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Federation.Merge;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Federation;

internal static class FederationRegistration
{
    /// <summary>Plan, fan-out and merge. The handler of <see cref="GetDossiers"/> is found by the hub's scan.</summary>
    /// <exception cref="ClinicalKeysException">clinical-keys.json says something that cannot be meant.</exception>
    public static IServiceCollection AddFederation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FederationOptions>()
            .Bind(configuration.GetSection(FederationOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(ClinicalKeys.Default);
        services.TryAddSingleton<RecordMerger>();
        services.TryAddSingleton<INationalService, LegacyAlone>();
        services.TryAddSingleton<IStoreReader, LegacyStore>();
        services.TryAddSingleton<SourcePlanner>();
        services.TryAddSingleton<FanOut>();
        services.TryAddSingleton<MaskMemory>();
        services.AddHostedService(static provider => provider.GetRequiredService<MaskMemory>());
        services.TryAddSingleton<DossierReader>();
        return services;
    }
}
