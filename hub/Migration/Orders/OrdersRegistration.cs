using DmpFederation.Hub.Migration.Diverging;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Migration.Orders;

internal static class OrdersRegistration
{
    /// <summary>What operators order and see. Needs the store, the director and the registry of sources.</summary>
    public static IServiceCollection AddMigrationOrders(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CopyRates>();
        services.TryAddSingleton<MigrationProgress>();
        services.TryAddSingleton<MigrationDesk>();
        services.TryAddSingleton<DivergenceWatch>();
        return services;
    }
}
