using System.Threading.RateLimiting;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// The calls one source may run at once. A call whose answer was given up, but which still runs, keeps its slot until it really ends: a source
/// that hangs uses up its own slots and nobody else's threads.
/// </summary>
internal sealed class CallSlots(int permits) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Stack<RateLimitLease> kept = new();
    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = permits * 8,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private int owed;
    private int stuck;

    /// <summary>True when every slot is held by a call that outlived its answer.</summary>
    public bool AllStuck => Volatile.Read(ref stuck) >= permits;

    /// <summary>A slot, or null when none came free in time.</summary>
    public async ValueTask<RateLimitLease?> AcquireAsync(TimeSpan wait, TimeProvider clock, CancellationToken cancellationToken)
    {
        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;
        if (wait <= TimeSpan.Zero)
            return null;
        using var patience = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            lease = await limiter.AcquireAsync(1, either.Token);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Return(RateLimitLease lease)
    {
        lock (gate)
        {
            // Slots are alike: the one given back stands for the call that still runs.
            if (owed > 0)
            {
                owed--;
                kept.Push(lease);
                return;
            }
        }
        lease.Dispose();
    }

    /// <summary>Keeps one slot taken until <paramref name="running"/> ends. The holder still calls <see cref="Return"/>.</summary>
    public void KeepUntil(Task running)
    {
        lock (gate)
        {
            owed++;
            stuck++;
        }
        _ = running.ContinueWith(static (_, slots) => ((CallSlots)slots!).Free(), this, TaskScheduler.Default);
    }

    public void Dispose() => limiter.Dispose();

    private void Free()
    {
        RateLimitLease? lease = null;
        lock (gate)
        {
            stuck--;
            if (!kept.TryPop(out lease))
                owed--;
        }
        lease?.Dispose();
    }
}
