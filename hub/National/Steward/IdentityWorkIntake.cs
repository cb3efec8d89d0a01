using System.Threading.Channels;
using DmpFederation.Hub.Identity.Links;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.National.Steward;

/// <summary>The waiting room of the steward's queue: bounded, and never waited for. Thread-safe.</summary>
internal sealed class IdentityWorkIntake(IOptions<IdentityWorkOptions> options, TimeProvider clock, ILogger<IdentityWorkIntake> logger)
{
    /// <summary>Most disagreements remembered as just written down.</summary>
    private const int MostRemembered = 65_536;

    private readonly Channel<IdentityWorkItem> waiting = Channel.CreateBounded<IdentityWorkItem>(
        new BoundedChannelOptions(options.Value.MaxWaitingWork) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Lock gate = new();
    private readonly Dictionary<WorkKey, long> written = [];
    private bool told;

    public ChannelReader<IdentityWorkItem> Waiting => waiting.Reader;

    /// <summary>Takes what there is room for and what was not written down a moment ago.</summary>
    public void Offer(IReadOnlyList<IdentityWorkItem> items)
    {
        for (var at = 0; at < items.Count; at++)
        {
            if (WasJustWritten(WorkKey.Of(items[at])) || waiting.Writer.TryWrite(items[at]))
                continue;
            if (!Interlocked.Exchange(ref told, true))
                logger.WorkNotTaken(items.Count - at);
            return;
        }
    }

    /// <summary>These stand in the store now.</summary>
    public void Written(IEnumerable<IdentityWorkItem> items)
    {
        Volatile.Write(ref told, false);
        lock (gate)
        {
            // All at once: which ones are forgotten early costs a write each, not more.
            if (written.Count >= MostRemembered)
                written.Clear();
            foreach (var item in items)
                written[WorkKey.Of(item)] = clock.GetTimestamp();
        }
    }

    /// <summary>This one was settled: when it is met again that is news.</summary>
    public void Settled(IdentityWorkItem item)
    {
        lock (gate)
            written.Remove(WorkKey.Of(item));
    }

    /// <summary>Takes nothing more; what waits is still written down.</summary>
    public void Close() => waiting.Writer.TryComplete();

    private bool WasJustWritten(WorkKey key)
    {
        lock (gate)
            return written.TryGetValue(key, out var at) && clock.GetElapsedTime(at) < options.Value.SameWorkWithin;
    }
}
