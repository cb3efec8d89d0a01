namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// Gives the thread pool one more thread for each one a connector blocks. A pool of few cores grows by about two threads a second: without this, a
/// handful of connectors that wait synchronously (a locked database file) would delay every other answer of the hub past its deadline.
/// </summary>
internal sealed class BlockedThreads : IDisposable
{
    private const int MostExtra = 256;
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEvent stop = new(false);
    private readonly Thread watcher;
    private readonly int floor;
    private int inside;

    public BlockedThreads()
    {
        ThreadPool.GetMinThreads(out floor, out _);

        // A thread of its own: a timer would need a free thread of the pool that is exhausted.
        watcher = new Thread(Watch) { IsBackground = true, Name = "Blocked connector threads" };
        watcher.Start();
    }

    /// <summary>A thread enters code of a connector.</summary>
    public void Enter() => Interlocked.Increment(ref inside);

    /// <summary>The thread is back: the connector ended or went on asynchronously.</summary>
    public void Leave() => Interlocked.Decrement(ref inside);

    public void Dispose()
    {
        stop.Set();
        watcher.Join();
        stop.Dispose();
        SetFloor(0);
    }

    private void Watch()
    {
        var before = 0;
        var extra = 0;
        while (!stop.WaitOne(Sampling))
        {
            // Seen in two samples: neither a call that just started nor one about to return.
            var now = Volatile.Read(ref inside);
            var blocked = Math.Min(Math.Min(before, now), MostExtra);
            before = now;
            if (blocked == extra)
                continue;
            extra = blocked;
            SetFloor(extra);
        }
    }

    private void SetFloor(int extra)
    {
        ThreadPool.GetMinThreads(out _, out var io);
        ThreadPool.SetMinThreads(floor + extra, io);
    }
}
