using System.Diagnostics.Metrics;

namespace DmpFederation.Hub.Quarantine;

/// <summary>Why an item was not kept. It stays visible as UNREADABLE, and the next read meets it again.</summary>
internal static class LossReasons
{
    /// <summary>Too much waited to be written down, or the hub was stopping.</summary>
    public const string Full = "FULL";

    /// <summary>The store could not be written.</summary>
    public const string Unavailable = "UNAVAILABLE";

    /// <summary>The source's quota was full.</summary>
    public const string Quota = "QUOTA";
}

/// <summary>Figures of the quarantine. Tags name sources and reasons, never patients.</summary>
internal sealed class QuarantineMetrics
{
    public const string MeterName = "DmpFederation.Quarantine";

    private readonly Counter<long> kept;
    private readonly Counter<long> lost;
    private IReadOnlyDictionary<string, int> held = new Dictionary<string, int>();

    public QuarantineMetrics(IMeterFactory meters, QuarantineHealth health)
    {
        var meter = meters.Create(MeterName);
        kept = meter.CreateCounter<long>("dmpfed.quarantine.kept", "{item}", "Items written down, by source and whether they are new");
        lost = meter.CreateCounter<long>("dmpfed.quarantine.lost", "{item}", "Items not written down, by source and reason");
        meter.CreateObservableGauge("dmpfed.quarantine.held", Observe, "{item}", "Items held, by source, as last written");
        meter.CreateObservableGauge("dmpfed.quarantine.usable", () => health.Problem is null ? 1 : 0, null, "1 when the store can be written");
    }

    public void Kept(string sourceId, bool isNew, long count)
    {
        if (count > 0)
            kept.Add(count, Tag("source", sourceId), Tag("seen", isNew ? "new" : "again"));
    }

    public void Lost(string sourceId, string reason, long count)
    {
        if (count > 0)
            lost.Add(count, Tag("source", sourceId), Tag("reason", reason));
    }

    public void Holds(IReadOnlyDictionary<string, int> counts) => Volatile.Write(ref held, counts);

    private IEnumerable<Measurement<int>> Observe() =>
        Volatile.Read(ref held).Select(static one => new Measurement<int>(one.Value, Tag("source", one.Key)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
