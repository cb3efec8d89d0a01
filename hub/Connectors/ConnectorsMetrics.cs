using System.Diagnostics;
using System.Diagnostics.Metrics;
using DmpFederation.Hub.Federation;

namespace DmpFederation.Hub.Connectors;

/// <summary>Figures of the calls to sources. Tags name sources and outcomes, never patients.</summary>
internal sealed class ConnectorsMetrics
{
    public const string MeterName = "DmpFederation.Connectors";

    private static readonly string[] StatusNames = Enum.GetNames<SourceStatus>();

    private readonly Counter<long> calls;
    private readonly Histogram<double> durations;
    private readonly Counter<long> entries;

    public ConnectorsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        calls = meter.CreateCounter<long>("dmpfed.source.calls", "{call}", "Calls by source, capability and outcome");
        durations = meter.CreateHistogram<double>("dmpfed.source.duration", "s", "Duration of calls that contacted the source");
        entries = meter.CreateCounter<long>("dmpfed.source.entries", "{entry}", "Entries received");
    }

    public void Record(string sourceId, string capability, SourceStatus status, TimeSpan elapsed, int entryCount)
    {
        var tags = new TagList { { "source", sourceId }, { "capability", capability }, { "outcome", StatusNames[(int)status] } };
        calls.Add(1, tags);
        if (elapsed > TimeSpan.Zero)
            durations.Record(elapsed.TotalSeconds, tags);
        if (entryCount > 0)
            entries.Add(entryCount, new KeyValuePair<string, object?>("source", sourceId));
    }
}
