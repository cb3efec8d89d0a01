using DmpFederation.Hub.National.Engine;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.National;

/// <summary>
/// Makes the database ready when the hub starts, without holding the start up, and tidies it from time to time. A database that cannot be used is
/// tried again every few seconds.
/// </summary>
internal sealed class NationalUpkeep(
    NationalStore store, ClosedDossiers dossiers, IOptions<NationalOptions> options, TimeProvider clock, ILogger<NationalUpkeep> logger)
    : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits for what runs before the first pause.
        await Task.Yield();
        string? problem = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var code = await TidyAsync(stoppingToken);
            if (code is not null && code != problem)
                logger.DatabaseUnavailable(code);
            else if (code is null && problem is not null)
                logger.DatabaseAvailable();
            problem = code;
            await Task.Delay(code is null ? options.Value.TidyInterval : RetryAfter, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Code of what was in the way; null when all is well.</summary>
    private async Task<string?> TidyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadyAsync(cancellationToken);
            var destroyed = await dossiers.DestroyAsync(options.Value.KeepClosedFor, cancellationToken);
            if (destroyed > 0)
                logger.DossiersDestroyed(destroyed);
            return null;
        }
        catch (NationalUnavailableException fault)
        {
            return fault.Code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
