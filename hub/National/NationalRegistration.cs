using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Policy.Import;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.BreakGlass;
using DmpFederation.Hub.National.Copies;
using DmpFederation.Hub.National.Copies.Intake;
using DmpFederation.Hub.National.Deposits;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.National.Import;
using DmpFederation.Hub.National.Moves;
using DmpFederation.Hub.National.Persons;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Hub.National.Steward;
using DmpFederation.Hub.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.National;

internal static class NationalRegistration
{
    /// <summary>Name of the store, its folder and its file.</summary>
    public const string Store = "national";

    /// <summary>The whole: stores, upkeep, the writer of the steward's queue, health.</summary>
    public static IServiceCollection AddNational(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddNationalStores(configuration);
        services.TryAddSingleton<ClosedDossiers>();
        services.AddHostedService<NationalUpkeep>();
        services.AddHostedService<IdentityWorkWriter>();
        services.AddHealthChecks().AddCheck<NationalHealth>("policy", tags: ["ready"]);
        return services;
    }

    /// <summary>The stores alone: for commands beside a running hub.</summary>
    public static IServiceCollection AddNationalStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStorage(configuration);
        services.AddOptions<NationalOptions>().Bind(configuration.GetSection(NationalOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IdentityWorkOptions>()
            .Bind(configuration.GetSection(IdentityWorkOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider =>
            provider.GetRequiredService<StoreDatabases>().Open<NationalDb>(Store, SqliteNationalDb.Connect, PostgreSqlNationalDb.Connect));
        services.TryAddSingleton(PolicyReads);
        services.TryAddSingleton<NationalStore>();
        services.TryAddSingleton<IPolicyStore, PolicyStore>();
        services.TryAddSingleton<IPolicyImport, PolicyImport>();
        services.TryAddSingleton<IIdentityLinks, IdentityLinks>();
        services.TryAddSingleton<IKnownPersons, KnownPersons>();
        services.TryAddSingleton<IdentityWorkIntake>();
        services.TryAddSingleton<IIdentityWork, IdentityWork>();
        services.TryAddSingleton<IBreakGlassReviews, BreakGlassReviews>();
        services.TryAddSingleton<IPatientNotices, PatientNotices>();
        services.AddMigrationStores();
        services.TryAddSingleton<IResourceCheck, ResourceCheck>();
        services.TryAddSingleton<IDepositStore, DepositStore>();
        services.TryAddSingleton<IDeliveryStore, DeliveryStore>();
        services.TryAddSingleton<IDivergenceStore, DivergenceStore>();
        return services;
    }

    private static void AddMigrationStores(this IServiceCollection services)
    {
        services.TryAddSingleton<IIntakeCheck, FhirIntakeCheck>();
        services.TryAddSingleton<ICopyStore, CopyStore>();
        services.TryAddSingleton<PlanCache>();
        services.TryAddSingleton<LeaseTokens>();
        services.TryAddSingleton<IMigrationStore, MigrationStore>();
        services.TryAddSingleton(MigrationLeases);
    }

    private static IMigrationLeases MigrationLeases(IServiceProvider provider)
    {
        using var db = provider.GetRequiredService<IStoreDatabase<NationalDb>>().Connect();
        return db.OpenLeases(provider.GetRequiredService<NationalStore>(), provider.GetRequiredService<LeaseTokens>());
    }

    private static IPolicyReads PolicyReads(IServiceProvider provider)
    {
        var keep = provider.GetRequiredService<IOptions<NationalOptions>>().Value.KeepPolicies;
        var clock = provider.GetRequiredService<TimeProvider>();
        using var db = provider.GetRequiredService<IStoreDatabase<NationalDb>>().Connect();
        return db.OpenReads(keep, clock);
    }
}
