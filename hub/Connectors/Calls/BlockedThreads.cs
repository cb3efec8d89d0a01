namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// Gives the thread pool more threads while connectors block some. A pool of few cores grows by about two threads a second: without this, a
/// handful of connectors that wait synchronously (a locked database file) would delay every other answer of the hub past its deadline. One for
/// the process, as the pool is.
/// </summary>
internal sealed class BlockedThreads
{
    private const int MostBlocked = 256;
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(20);

    private readonly int floor;
    private int inside;

    private BlockedThreads()
    {
        ThreadPool.GetMinThreads(out floor, out _);

        // A thread of its own: a timer would need a free thread of the pool that is exhausted.
        new Thread(Watch) { IsBackground = true, Name = "Blocked connector threads" }.Start();
    }

    public static BlockedThreads OfProcess { get; } = new();

    /// <summary>A thread enters code of a connector.</summary>
    public void Enter() => Interlocked.Increment(ref inside);

    /// <summary>The thread is back: the connector ended or went on asynchronously.</summary>
    public void Leave() => Interlocked.Decrement(ref inside);

    private void Watch()
    {
        using var never = new ManualResetEvent(false);
        var before = 0;
        var seen = 0;
        while (!never.WaitOne(Sampling))
        {
            // Seen in two samples: neither a call that just started nor one about to return.
            var now = Volatile.Read(ref inside);
            var blocked = Math.Min(Math.Min(before, now), MostBlocked);
            before = now;
            if (blocked == seen)
                continue;
            seen = blocked;

            // Twice as many, so that a burst of blocking calls is overtaken in a few samples.
            ThreadPool.GetMinThreads(out _, out var io);
            ThreadPool.SetMinThreads(floor + (2 * blocked), io);
        }
    }
}
