namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>How much more managed memory than at its making was in use at the worst moment. Of the whole process: nothing else may run beside it.</summary>
internal sealed class PeakMemory
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource ended = new();
    private readonly Task<long> watching;

    public PeakMemory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        watching = Task.Run(() => WatchAsync(before));
    }

    /// <summary>Ends the watch. In bytes.</summary>
    public async Task<long> EndAsync()
    {
        await ended.CancelAsync();
        var peak = await watching;
        ended.Dispose();
        return peak;
    }

    private async Task<long> WatchAsync(long before)
    {
        var peak = 0L;
        while (!ended.IsCancellationRequested)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
            await Task.Delay(Interval);
        }
        return peak;
    }
}
