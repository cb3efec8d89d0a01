using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Connectors.Registry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Connectors;

/// <summary>Registers the connectors.</summary>
internal static class ConnectorsRegistration
{
    public static IServiceCollection AddConnectors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConnectorsOptions>()
            .Bind(configuration.GetSection(ConnectorsOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ConnectorsMetrics>();

        services.TryAddSingleton<PluginActivator>();
        services.TryAddSingleton<UnloadWatch>();
        services.TryAddSingleton<PluginShelf>();
        services.TryAddSingleton<IPluginInventory>(provider => provider.GetRequiredService<PluginShelf>());
        services.TryAddSingleton<PluginFinder>();
        services.TryAddSingleton<PluginTrial>();
        services.TryAddSingleton<IPluginPreview, PluginPreview>();

        services.TryAddSingleton<ShutSources>();
        services.TryAddSingleton<SourceOpener>();
        services.TryAddSingleton<SourceRegistry>();
        services.TryAddSingleton<ISourceRegistry>(provider => provider.GetRequiredService<SourceRegistry>());
        services.TryAddSingleton<ISourceAdmission>(provider => provider.GetRequiredService<SourceRegistry>());

        // In this order: sources are read before the hub serves, and released plug-ins are still watched while sources close.
        services.AddHostedService(provider => provider.GetRequiredService<UnloadWatch>());
        services.AddHostedService<RegistryWatch>();
        services.AddHostedService<SourceProber>();

        services.TryAddSingleton(BlockedThreads.OfProcess);
        services.TryAddSingleton<ConnectorCall>();
        services.TryAddSingleton<SourceGate>();
        services.TryAddSingleton<ISourceIdentityReader, SourceIdentityReader>();
        services.TryAddSingleton<IItemReplayer, ItemReplayer>();
        services.TryAddSingleton<ISourceMappingReader, SourceMappingReader>();
        services.TryAddSingleton<CapabilityCall>();
        services.TryAddSingleton<ISourceHoldings, SourceHoldings>();
        services.TryAddSingleton<ISourceWriter, SourceWriter>();

        // The guards around a call (design §3), innermost first; deadline, budgets and wrong-patient guard work on the stream, inside.
        services.AddSingleton<ISourceReader, ConnectorReader>();
        services.Decorate<ISourceReader, ConcurrencyGuard>();
        services.Decorate<ISourceReader, CircuitGuard>();
        services.Decorate<ISourceReader, GatedReader>();
        services.Decorate<ISourceReader, MeteredReader>();
        return services;
    }
}
