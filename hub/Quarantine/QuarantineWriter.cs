using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Quarantine;

/// <summary>
/// The one writer: takes what waits, hashes it and keeps it in group commits. Nothing it meets ends it; a store that is broken is tried again with
/// the next items. On stop it writes down what waits.
/// </summary>
internal sealed class QuarantineWriter(
    QuarantineIntake intake, IQuarantineStore store, QuarantineWatch watch, IOptions<QuarantineOptions> options, TimeProvider clock) : IHostedService
{
    /// <summary>Bytes beyond which a commit takes no further read.</summary>
    private const long BytesPerCommit = 32L << 20;

    private readonly CancellationTokenSource impatience = new();
    private Task running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not waited for: the hub starts whatever the state of the store.
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
        await TidyAsync();
        var waiting = WaitAsync();
        var tidy = Task.Delay(options.Value.TidyInterval, clock, impatience.Token);
        while (true)
        {
            await Task.WhenAny(waiting, tidy);
            if (waiting.IsCompleted)
            {
                if (!await waiting)
                    return;
                await KeepWaitingAsync();
                waiting = WaitAsync();
            }
            else if (impatience.IsCancellationRequested)
            {
                return;
            }
            else
            {
                await TidyAsync();
                tidy = Task.Delay(options.Value.TidyInterval, clock, impatience.Token);
            }
        }
    }

    private Task<bool> WaitAsync() => intake.Reads.WaitToReadAsync(CancellationToken.None).AsTask();

    private async Task KeepWaitingAsync()
    {
        var reads = new List<WaitingRead>();
        var (items, bytes) = (0, 0L);
        while (items < options.Value.ItemsPerCommit && bytes < BytesPerCommit && intake.Reads.TryRead(out var read))
        {
            reads.Add(read);
            items += read.Items.Count;
            bytes += read.Bytes;
        }
        try
        {
            foreach (var chunk in Chunks(reads))
                await KeepAsync(chunk);
        }
        catch (Exception fault)
        {
            // Bytes of a plug-in may be memory it manages itself, and fail when they are looked at.
            watch.Failed(reads, fault.GetType().Name);
        }
        foreach (var read in reads)
            intake.Done(read);
        await watch.CountAsync(impatience.Token);
    }

    private IEnumerable<List<SeenItem>> Chunks(List<WaitingRead> reads)
    {
        var chunk = new List<SeenItem>();
        var bytes = 0L;
        foreach (var read in reads)
        {
            foreach (var item in read.Items)
            {
                var seen = SeenItem.Of(read.Source, item, read.SeenAt, options.Value.MaxItemBytes);
                chunk.Add(seen);
                bytes += seen.Kept.Length;
                if (chunk.Count < options.Value.ItemsPerCommit && bytes < BytesPerCommit)
                    continue;
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    private async Task KeepAsync(List<SeenItem> items)
    {
        try
        {
            watch.Kept(await store.KeepAsync(items, impatience.Token));
        }
        catch (QuarantineUnavailableException fault)
        {
            watch.Lost(items, fault.Code);
        }
        catch (OperationCanceledException)
        {
            watch.Lost(items, "STOPPED");
        }
    }

    private async Task TidyAsync()
    {
        try
        {
            await store.ProbeAsync(impatience.Token);
            watch.Usable();
            watch.Erased(await store.EraseSettledAsync(clock.GetUtcNow() - options.Value.KeepSettledBytes, impatience.Token));
            await watch.CountAsync(impatience.Token);
        }
        catch (QuarantineUnavailableException fault)
        {
            watch.Unusable(fault.Code);
        }
        catch (OperationCanceledException)
        {
            // The hub stops; tidying waits for the next start.
        }
    }
}
