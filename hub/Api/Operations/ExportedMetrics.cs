using System.Diagnostics.Metrics;
using Prometheus;

namespace DmpFederation.Hub.Api.Operations;

/// <summary>
/// Which figures <c>/metrics</c> shows. Listening has a price on every request: left alone, the exporter listens to every meter and to the event
/// sources of HTTP client and server, which then build and hand over an event for each step of each call to a source.
/// </summary>
internal static class ExportedMetrics
{
    private const string OwnMeters = "DmpFederation.";

    /// <summary>The runtime's meter is asked when scraped, and requests are counted once each; calls to sources have meters of our own.</summary>
    private static readonly string[] Meters = ["System.Runtime", "Microsoft.AspNetCore.Hosting"];

    /// <summary>Before the first scrape; the exporter is one for the process.</summary>
    public static void Choose()
    {
        Metrics.ConfigureMeterAdapter(static options => options.InstrumentFilterPredicate = IsExported);
        // An exemplar would be made for each measurement out of the current trace; nobody reads them here.
        Metrics.DefaultFactory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true });
    }

    private static bool IsExported(Instrument instrument) =>
        instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal) || Array.IndexOf(Meters, instrument.Meter.Name) >= 0;
}
