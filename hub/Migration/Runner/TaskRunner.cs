using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Reading;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Runner;

/// <summary>
/// Does one task under its right. The border where failures of migration work end: whatever breaks, a coded line is logged, and the task may be begun
/// again after a pause. No failure names a patient.
/// </summary>
internal sealed class TaskRunner(
    IMigrationLeases leases, IOptions<MigrationOptions> options, TimeProvider clock, ILogger<TaskRunner> logger)
{
    /// <param name="task">The task.</param>
    /// <param name="pauses">How long the task was put off before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Not before when it may be begun again.</returns>
    public async Task<DateTimeOffset> RunAsync(MigrationTask task, PauseLength pauses, CancellationToken cancellationToken)
    {
        try
        {
            await using var lease = await leases.TryTakeAsync(task.Work, cancellationToken);
            if (lease is null)
            {
                // Another node does it. Looked at again now and then, for that node may end.
                return clock.GetUtcNow() + (options.Value.FirstPause * 2);
            }
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            logger.WorkBegins(task.Work, task.Kind);
            await task.Run(lease.Fence, either.Token);
            logger.WorkEnded(task.Work, task.Kind);
            pauses.Reset();
            return clock.GetUtcNow();
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the right was lost.
            return clock.GetUtcNow();
        }
        catch (FencedOffException)
        {
            logger.FencedOff(task.Work);
            return clock.GetUtcNow() + options.Value.FirstPause;
        }
        catch (MigrationConflictException conflict)
        {
            logger.MovedMeanwhile(task.Work, conflict.Rule);
            return clock.GetUtcNow() + options.Value.FirstPause;
        }
        catch (LegacyOutageException outage)
        {
            var pause = pauses.Next();
            logger.WaitsForSource(task.Work, outage.Code, pause);
            return clock.GetUtcNow() + pause;
        }
        catch (MigrationUnavailableException unavailable)
        {
            var pause = pauses.Next();
            logger.WaitsForStore(task.Work, unavailable.Code, pause);
            return clock.GetUtcNow() + pause;
        }
        catch (Exception fault)
        {
            var pause = pauses.Next();
            logger.WorkFailed(task.Work, fault.GetType().Name, pause);
            return clock.GetUtcNow() + pause;
        }
    }
}
