using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Runner;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Hub.Migration.Throttle;
using DmpFederation.Hub.Migration.Verifying;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.Hub.Migration;

internal static class MigrationRegistration
{
    /// <summary>
    /// The work of migrations and the orders to it. Needs the connectors, identities and the stores (<c>IMigrationStore</c>, <c>ICopyStore</c>,
    /// <c>IMigrationLeases</c>, <c>IKnownPersons</c>).
    /// </summary>
    public static IServiceCollection AddMigration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MigrationOptions>().Bind(configuration.GetSection(MigrationOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<MigrationMetrics>();
        services.TryAddSingleton<LegacyThrottles>();
        services.TryAddSingleton<PatientLists>();
        services.TryAddSingleton<RollCall>();
        services.TryAddSingleton<PatientReader>();
        services.TryAddSingleton<ReadingLine>();
        services.TryAddSingleton<CopyIntake>();
        services.TryAddSingleton<SliceIntake>();
        services.TryAddSingleton<SliceCopying>();
        services.TryAddSingleton<LegacyChanges>();
        services.TryAddSingleton<SliceFollowing>();
        services.TryAddSingleton<FollowerTools>();
        services.TryAddSingleton<HeldComparison>();
        services.TryAddSingleton<SettledFollowing>();
        services.TryAddSingleton<SliceReview>();
        services.TryAddSingleton<SliceVerification>();
        services.TryAddSingleton<Rehearsal>();

        // In the order their codes are told in.
        services.AddMigrationGate<StateGate>();
        services.AddMigrationGate<VerificationGate>();
        services.AddMigrationGate<LossGate>();
        services.AddMigrationGate<FollowingGate>();
        services.AddMigrationGate<ReversibilityGate>();
        services.TryAddSingleton<StepGates>();
        services.TryAddSingleton<SliceMoves>();
        services.TryAddSingleton<IMigrationDirector, MigrationDirector>();

        services.TryAddSingleton<DivergenceWatch>();
        services.TryAddSingleton<FollowTask>();
        services.TryAddSingleton<RehearsalTask>();
        services.TryAddSingleton<MigrationTasks>();
        services.TryAddSingleton<TaskRunner>();
        services.TryAddSingleton<RunnerSight>();
        services.AddHostedService<MigrationRunner>();
        return services;
    }

    /// <summary>One more thing to be proven before forward steps; its codes are told after those of the gates registered before.</summary>
    public static IServiceCollection AddMigrationGate<TGate>(this IServiceCollection services)
        where TGate : class, IMigrationGate
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMigrationGate, TGate>());
        return services;
    }
}
