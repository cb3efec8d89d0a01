using DmpFederation.Hub.Migration.Copying;
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
        services.AddSingleton<IMigrationGate, StateGate>();
        services.AddSingleton<IMigrationGate, VerificationGate>();
        services.AddSingleton<IMigrationGate, LossGate>();
        services.AddSingleton<IMigrationGate, FollowingGate>();
        services.AddSingleton<IMigrationGate, ReversibilityGate>();
        services.TryAddSingleton<StepGates>();
        services.TryAddSingleton<SliceMoves>();
        services.TryAddSingleton<IMigrationDirector, MigrationDirector>();

        services.TryAddSingleton<FollowTask>();
        services.TryAddSingleton<RehearsalTask>();
        services.TryAddSingleton<MigrationTasks>();
        services.TryAddSingleton<TaskRunner>();
        services.TryAddSingleton<RunnerSight>();
        services.AddHostedService<MigrationRunner>();
        return services;
    }
}
