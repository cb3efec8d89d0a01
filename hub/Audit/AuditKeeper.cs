using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Audit;

/// <summary>
/// Tries the audit at start, and while it cannot be written, so that health tells without a request; logs anchors; removes lines whose time is over.
/// Whatever state the audit is in, the hub starts.
/// </summary>
internal sealed class AuditKeeper(
    IAuditTrail trail, IAuditReader reader, AuditWatch watch, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ProbeAsync(stoppingToken);
        watch.LogAnchor();
        var (anchored, tidied) = (clock.GetUtcNow(), DateTimeOffset.MinValue);
        using var timer = new PeriodicTimer(Look, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            if (watch.Problem is not null)
                await ProbeAsync(stoppingToken);
            if (now - anchored >= options.Value.AnchorInterval)
            {
                watch.LogAnchor();
                anchored = now;
            }
            if (now - tidied >= options.Value.TidyInterval)
            {
                await TidyAsync(now, stoppingToken);
                tidied = now;
            }
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        watch.LogAnchor();
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await trail.ProbeAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is AuditUnavailableException or OperationCanceledException)
        {
            // The trail has told it.
        }
    }

    private async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (chain, count) in await reader.RemoveAsync(now - options.Value.KeepFor, cancellationToken))
                logger.LinesRemoved(count, chain);
        }
        catch (AuditUnavailableException fault)
        {
            logger.TidyFailed(fault.Code);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the next start goes on with it.
        }
    }
}
