using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Looks at the counts while nobody else does, so that the first who asks is told how fast it goes.</summary>
internal sealed class CopyRateSampler(IMigrationStore store, CopyRates rates, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var migration in await store.AllAsync(stoppingToken))
                    rates.See(migration);
            }
            catch (MigrationUnavailableException)
            {
                // Rates are unknown meanwhile. The health of the store is said by its own check.
            }
        }
    }
}
