using System.Threading.Channels;
using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Quarantine;

/// <summary>The items of one read, waiting to be written down.</summary>
internal sealed record WaitingRead(Source Source, IReadOnlyList<Unreadable> Items, DateTimeOffset SeenAt, long Bytes);

/// <summary>
/// A bounded queue between readers and the one writer. Bounded in reads and in bytes, and one source may use half of the bytes: a source that
/// floods takes the room of no other. Thread-safe.
/// </summary>
internal sealed class QuarantineIntake(
    IOptions<QuarantineOptions> options, QuarantineMetrics metrics, TimeProvider clock, ILogger<QuarantineIntake> logger) : IQuarantineIntake
{
    /// <summary>What an item costs beside its bytes.</summary>
    private const int Envelope = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> waitingOf = new(StringComparer.Ordinal);
    private readonly Channel<WaitingRead> reads = Channel.CreateBounded<WaitingRead>(
        new BoundedChannelOptions(options.Value.MaxWaitingReads) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long waiting;
    private bool told;

    public ChannelReader<WaitingRead> Reads => reads.Reader;

    public bool Offer(Source source, IReadOnlyList<Unreadable> items)
    {
        if (items.Count == 0)
            return true;
        var bytes = 0L;
        for (var at = 0; at < items.Count; at++)
            bytes += items[at].Raw.Length + Envelope;
        if (Reserve(source.Id, bytes))
        {
            if (reads.Writer.TryWrite(new WaitingRead(source, items, clock.GetUtcNow(), bytes)))
                return true;
            Release(source.Id, bytes);
        }
        metrics.Lost(source.Id, LossReasons.Full, items.Count);
        if (!Interlocked.Exchange(ref told, true))
            logger.IntakeFull(source.Id, items.Count);
        return false;
    }

    /// <summary>The writer is through with a read, whatever came of it.</summary>
    public void Done(WaitingRead read)
    {
        Release(read.Source.Id, read.Bytes);
        Volatile.Write(ref told, false);
    }

    /// <summary>Takes nothing more; what waits is still written down.</summary>
    public void Close() => reads.Writer.TryComplete();

    private bool Reserve(string sourceId, long bytes)
    {
        lock (gate)
        {
            var own = waitingOf.GetValueOrDefault(sourceId);
            var most = options.Value.MaxWaitingBytes;
            if ((own > 0 && own + bytes > most / 2) || (waiting > 0 && waiting + bytes > most))
                return false;
            waitingOf[sourceId] = own + bytes;
            waiting += bytes;
            return true;
        }
    }

    private void Release(string sourceId, long bytes)
    {
        lock (gate)
        {
            waiting -= bytes;
            if ((waitingOf[sourceId] -= bytes) == 0)
                waitingOf.Remove(sourceId);
        }
    }
}
