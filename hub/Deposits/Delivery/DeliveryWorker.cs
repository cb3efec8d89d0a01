using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Deposits.Delivery;

/// <summary>Delivers in the background: when a deposit was made here, and every few seconds what others left or what waited long enough.</summary>
internal sealed class DeliveryWorker(DeliveryRound round, DeliverySignal signal, IOptions<DepositOptions> options, ILogger<DeliveryWorker> logger)
    : BackgroundService
{
    private string? fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Delivers)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await RoundAsync(stoppingToken))
                await signal.WaitAsync(options.Value.LookEvery, stoppingToken);
        }
    }

    /// <summary>True when it is to be looked at once more at once. The border of the worker: it goes on whatever breaks.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var some = await round.RunAsync(cancellationToken);
            fault = null;
            return some;
        }
        catch (DepositsUnavailableException unavailable)
        {
            if (fault != unavailable.Code)
                logger.StoreUnusable(fault = unavailable.Code);
            return false;
        }
        catch (Exception unforeseen) when (!cancellationToken.IsCancellationRequested)
        {
            logger.DeliveringFailed(unforeseen.GetType().Name);
            return false;
        }
    }
}
