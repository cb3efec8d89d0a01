using System.Threading.Channels;
using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Migration.Serving.Shadow;

/// <summary>One answer of a legacy system that is to be compared.</summary>
/// <param name="Route">Where the source's slices stood.</param>
/// <param name="Source">The source.</param>
/// <param name="Request">What it was asked.</param>
/// <param name="Outcome">What it answered, whole.</param>
/// <param name="Legacy">Asks it again.</param>
internal sealed record ShadowRead(SourceRoute Route, Source Source, ReadRequest Request, SourceOutcome Outcome, ISourceReader Legacy)
{
    /// <summary>Hides the patients.</summary>
    public override string ToString() => $"ShadowRead({Source.Id})";
}

/// <summary>Answers that wait to be compared. No reader ever waits: what does not fit is not compared, and counted.</summary>
internal sealed class ShadowQueue
{
    private readonly Channel<ShadowRead> waiting;
    private readonly ServingMetrics metrics;

    public ShadowQueue(IOptions<ServingOptions> options, ServingMetrics metrics)
    {
        this.metrics = metrics;
        waiting = Channel.CreateBounded<ShadowRead>(
            new BoundedChannelOptions(options.Value.ShadowWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    public void Offer(ShadowRead read)
    {
        if (!waiting.Writer.TryWrite(read))
            metrics.Shadow(read.Source.Id, "dropped");
    }

    public IAsyncEnumerable<ShadowRead> ReadAllAsync(CancellationToken cancellationToken) => waiting.Reader.ReadAllAsync(cancellationToken);
}
