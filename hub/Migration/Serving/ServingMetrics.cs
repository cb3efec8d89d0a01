using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Figures of reading migrated sources. Tags name sources and outcomes, never patients.</summary>
internal sealed class ServingMetrics
{
    public const string MeterName = "DmpFederation.Migration.Serving";

    private readonly Counter<long> reads;
    private readonly Counter<long> shadow;

    public ServingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        reads = meter.CreateCounter<long>("dmpfed.national.reads", "{read}", "Reads of migrated sources by source and who answered: national, both, fallback");
        shadow = meter.CreateCounter<long>("dmpfed.shadow.reads", "{read}", "Shadow comparisons by source and outcome: same, noise, different, dropped");
    }

    public void Read(string sourceId, string by) => reads.Add(1, new TagList { { "source", sourceId }, { "by", by } });

    public void Shadow(string sourceId, string outcome) => shadow.Add(1, new TagList { { "source", sourceId }, { "outcome", outcome } });
}
