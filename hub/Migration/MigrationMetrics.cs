using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration;

/// <summary>Figures of migrations. Tags name sources, slices and codes, never patients.</summary>
internal sealed class MigrationMetrics
{
    public const string MeterName = "DmpFederation.Migration";

    private readonly Counter<long> reads;
    private readonly Counter<long> facts;
    private readonly Counter<long> changes;
    private readonly ConcurrentDictionary<SliceId, int> sick = [];
    private readonly ConcurrentDictionary<string, double> lags = new(StringComparer.Ordinal);

    public MigrationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        reads = meter.CreateCounter<long>("dmpfed.migration.reads", "{patient}", "Patients read from a legacy, by outcome");
        facts = meter.CreateCounter<long>("dmpfed.migration.facts", "{fact}", "Facts taken over, by what became of them");
        changes = meter.CreateCounter<long>("dmpfed.migration.changes", "{change}", "Changes of a legacy that were followed");
        meter.CreateObservableGauge(
            "dmpfed.migration.sick", ObserveSick, "{patient}", "Patients of a slice who cannot be read, on the node that follows");
        meter.CreateObservableGauge(
            "dmpfed.migration.lag", ObserveLags, "s", "How far the national store is behind its legacy, on the node that follows");
    }

    /// <param name="sourceId">The source.</param>
    /// <param name="code">Why it broke; null when it did not.</param>
    public void Read(string sourceId, string? code) => reads.Add(1, Tag("source", sourceId), Tag("outcome", code ?? "WHOLE"));

    public void TookOver(string sourceId, TakenOver taken)
    {
        Count("added", taken.Added);
        Count("changed", taken.Changed);
        Count("withdrawn", taken.Withdrawn);
        Count("unchanged", taken.Unchanged);
        Count("refused", taken.Refused);

        void Count(string what, int count)
        {
            if (count > 0)
                facts.Add(count, Tag("source", sourceId), Tag("what", what));
        }
    }

    public void Followed(string sourceId, long count) => changes.Add(count, Tag("source", sourceId));

    public void Sick(SliceId slice, int count) => sick[slice] = count;

    public void Lag(string sourceId, TimeSpan lag) => lags[sourceId] = lag.TotalSeconds;

    private IEnumerable<Measurement<int>> ObserveSick() =>
        sick.Select(static one => new Measurement<int>(one.Value, Tag("source", one.Key.SourceId), Tag("slice", one.Key.ToString())));

    private IEnumerable<Measurement<double>> ObserveLags() =>
        lags.Select(static one => new Measurement<double>(one.Value, Tag("source", one.Key)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
