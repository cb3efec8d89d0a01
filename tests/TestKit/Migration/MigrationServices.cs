using DmpFederation.Hub;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.TestKit.Migration;

/// <summary>The requests about migrations with their deciding and auditing behaviours, over a store and a director that tests own.</summary>
internal static class MigrationServices
{
    public static IServiceCollection AddMigrationsOver(this IServiceCollection services, HeldMigrations store, ObedientDirector director)
    {
        HubHost.AddMediator(services);
        services.AddSingleton<IMigrationStore>(store);
        services.AddSingleton<IMigrationDirector>(director);
        services.AddSingleton<IDivergenceStore, HeldDivergences>();
        services.AddSingleton(ADecider.Over(new OpenPolicies(), new FakeCertifiedIdentities()));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AuthoriseBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AuditBehaviour<,>));
        return services.AddMigrationOrders();
    }
}
