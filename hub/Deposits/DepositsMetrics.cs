using System.Diagnostics.Metrics;

namespace DmpFederation.Hub.Deposits;

/// <summary>Figures of deposits. Tags name sources, states and codes, never patients.</summary>
internal sealed class DepositsMetrics
{
    public const string MeterName = "DmpFederation.Deposits";

    private readonly Counter<long> received;
    private readonly Counter<long> deliveries;

    public DepositsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        received = meter.CreateCounter<long>("dmpfed.deposits.received", "{deposit}", "Deposits, by what became of them");
        deliveries = meter.CreateCounter<long>("dmpfed.deposits.deliveries", "{try}", "Tries to deliver to a legacy system, by what became of them");
    }

    public void Received(string outcome) => received.Add(1, Tag("outcome", outcome));

    public void Tried(string sourceId, DeliveryNote note) =>
        deliveries.Add(1, Tag("source", sourceId), Tag("state", note.State.ToString()), Tag("code", note.Code ?? ""));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
