using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Deposits.Delivery;
using DmpFederation.Hub.Deposits.Record;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Deposits;

internal static class DepositsRegistration
{
    /// <summary>
    /// Deposits, the record that gives them as a source, and their delivery. Needs the connectors, identities, access, and the stores
    /// (<see cref="IDepositStore"/>, <see cref="IDeliveryStore"/>, <see cref="IResourceCheck"/>).
    /// </summary>
    public static IServiceCollection AddDeposits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DepositOptions>().Bind(configuration.GetSection(DepositOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<DepositsMetrics>();
        services.AddNationalRecord();
        services.TryAddSingleton<DepositCheck>();
        services.TryAddSingleton<DeliveryPlan>();
        services.TryAddSingleton<DepositKeeping>();
        services.TryAddSingleton<DeliverySignal>();
        services.TryAddSingleton<RecipientFinder>();
        services.TryAddSingleton<Deliverer>();
        services.TryAddSingleton<DeliveryRound>();
        services.AddHostedService<DeliveryWorker>();
        return services;
    }

    /// <summary>The record as a source alone: for whoever reads dossiers beside a running hub. Needs <see cref="IDepositStore"/>.</summary>
    public static IServiceCollection AddNationalRecord(this IServiceCollection services)
    {
        services.TryAddSingleton<NationalRecordPlugin>();
        services.AddSingleton(static provider => new BuiltInPlugin(BuiltInPlugin.National, provider.GetRequiredService<NationalRecordPlugin>()));
        return services;
    }
}
