using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.National.Engine;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Steward;

/// <summary>
/// The one writer of the steward's queue: takes what waits and writes it down in group commits. Nothing it meets ends it; what could not be written
/// is met again at the next read. On stop it writes down what waits.
/// </summary>
internal sealed class IdentityWorkWriter(NationalStore store, IdentityWorkIntake intake, ILogger<IdentityWorkWriter> logger) : IHostedService
{
    private const int PerCommit = 256;

    private readonly CancellationTokenSource impatience = new();
    private Task running = Task.CompletedTask;
    private string? problem;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        intake.Close();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await impatience.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        impatience.Dispose();
    }

    private async Task RunAsync()
    {
        while (await intake.Waiting.WaitToReadAsync(CancellationToken.None))
        {
            var seen = new Dictionary<WorkKey, IdentityWorkItem>();
            while (seen.Count < PerCommit && intake.Waiting.TryRead(out var item))
            {
                if (!seen.TryGetValue(WorkKey.Of(item), out var earlier) || earlier.LastSeen < item.LastSeen)
                    seen[WorkKey.Of(item)] = earlier is null ? item : item with { FirstSeen = earlier.FirstSeen };
            }
            await WriteAsync([.. seen.Values]);
        }
    }

    private async Task WriteAsync(IReadOnlyList<IdentityWorkItem> items)
    {
        try
        {
            await store.WriteAsync(db => WriteAsync(db, items), impatience.Token);
            intake.Written(items);
            if (Interlocked.Exchange(ref problem, null) is not null)
                logger.WorkWritten();
        }
        catch (Exception fault) when (!impatience.IsCancellationRequested)
        {
            var code = fault is NationalUnavailableException known ? known.Code : fault.GetType().Name;
            if (Interlocked.Exchange(ref problem, code) != code)
                logger.WorkNotWritten(items.Count, code);
        }
        catch (OperationCanceledException)
        {
            logger.WorkNotWritten(items.Count, "STOPPED");
        }
    }

    private async Task<bool> WriteAsync(NationalDb db, IReadOnlyList<IdentityWorkItem> items)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(impatience.Token);
        // Another node may meet the same disagreements at the same time.
        await db.LockAsync(items.Select(static item => item.Patient).Distinct().ToList(), impatience.Token);
        foreach (var item in items)
        {
            var row = WorkRow.Of(item);
            var known = await db.Work.FirstOrDefaultAsync(
                one => one.Value == row.Value && one.System == row.System && one.SourceId == row.SourceId
                    && one.DocumentLocalId == row.DocumentLocalId && one.RuleId == row.RuleId,
                impatience.Token);
            if (known is null)
                db.Add(row);
            else
                known.SeenAgain(item);
        }
        await db.SaveChangesAsync(impatience.Token);
        await transaction.CommitAsync(impatience.Token);
        return true;
    }
}
