using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Counts the connections that stay open, and bounds them. Thread-safe.</summary>
internal sealed class LiveConnections(IOptions<LiveOptions> options)
{
    private int open;

    public int Open => Volatile.Read(ref open);

    /// <summary>A place; null when there is none left. Disposing of it gives it back.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Increment(ref open) <= options.Value.MaxConnections)
            return new Place(this);
        Interlocked.Decrement(ref open);
        return null;
    }

    private sealed class Place(LiveConnections owner) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                Interlocked.Decrement(ref owner.open);
        }
    }
}
