using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Throttle;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>
/// Looks at the migrations and has done what there is to do, under rights that one node at a time has: nodes share the work of a migration, and when
/// one ends another goes on. Orders are seen at the next look; a paused slice is left alone from then on.
/// </summary>
internal sealed class MigrationRunner(
    MigrationTasks tasks, TaskRunner runner, LegacyThrottles throttles, RunnerSight sight, TimeProvider clock, ILogger<MigrationRunner> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sight.Options.Works)
            return;
        var running = new RunningTasks(runner, sight.Options, clock);
        try
        {
            using var timer = new PeriodicTimer(sight.Options.Look, clock);
            do
                await LookAsync(running, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await running.StopAsync();
        }
    }

    private async Task LookAsync(RunningTasks running, CancellationToken cancellationToken)
    {
        if (await sight.MigrationsAsync(logger, cancellationToken) is not { } migrations)
            return;
        var wanted = new List<MigrationTask>();
        foreach (var migration in migrations)
        {
            if (sight.SourceOf(migration) is not { } source)
                continue;
            throttles.Set(migration, source);
            wanted.AddRange(tasks.Of(migration, source, running.CanRun));
        }
        running.Want(wanted, cancellationToken);
    }
}

/// <summary>What the runner sees: migrations, and their sources as configured now.</summary>
internal sealed class RunnerSight(IMigrationStore store, ISourceRegistry registry, IOptions<MigrationOptions> options)
{
    private string? fault;

    public MigrationOptions Options => options.Value;

    public Source? SourceOf(MigrationRecord migration) => registry.Current.Find(migration.Plan.SourceId);

    /// <summary>All migrations; null while the store cannot be used: then work goes on as it is, and finds out by itself.</summary>
    public async Task<IReadOnlyList<MigrationRecord>?> MigrationsAsync(ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var all = await store.AllAsync(cancellationToken);
            fault = null;
            return all;
        }
        catch (MigrationUnavailableException unavailable)
        {
            if (fault != unavailable.Code)
                logger.StoreUnusable(fault = unavailable.Code);
            return null;
        }
    }
}
