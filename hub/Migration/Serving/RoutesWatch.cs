using DmpFederation.Hub.Migration.Slices;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>
/// Keeps the routes of this node up to date. They are read before the hub serves; while the store cannot be used the last known ones hold: data does not
/// move by itself, and following goes on after every step but the last.
/// </summary>
internal sealed class RoutesWatch(
    IMigrationStore store, ServingRoutes routes, IOptions<ServingOptions> options, TimeProvider clock, ILogger<RoutesWatch> logger) : BackgroundService
{
    private bool usable = true;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads them now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            routes.Put(await store.AllAsync(cancellationToken));
            if (!usable)
                logger.RoutesKnown();
            usable = true;
        }
        catch (MigrationUnavailableException fault)
        {
            if (usable)
                logger.RoutesUnknown(fault.Code);
            usable = false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RefreshAsync(stoppingToken);
    }
}
