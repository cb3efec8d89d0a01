using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DmpFederation.Hub.Connectors;

namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>Calls to sources as one hub itself counts them.</summary>
internal sealed class CallCount : IDisposable
{
    private readonly MeterListener listener = new();

    public CallCount(IMeterFactory hub)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "dmpfed.source.calls" && instrument.Meter.Name == ConnectorsMetrics.MeterName
                && ReferenceEquals(instrument.Meter.Scope, hub))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
            Made.Enqueue((named["source"], named["capability"], named["outcome"]));
        });
        listener.Start();
    }

    public ConcurrentQueue<(string Source, string Capability, string Outcome)> Made { get; } = [];

    public void Dispose() => listener.Dispose();
}
