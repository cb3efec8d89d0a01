using System.Collections.Concurrent;
using DmpFederation.Hub.Audit;

namespace DmpFederation.TestKit;

/// <summary>Stands at the border of the audit: remembers what is appended, or fails as the test says.</summary>
internal sealed class RecordingAuditTrail : IAuditTrail
{
    public ConcurrentQueue<AuditRecord> Records { get; } = [];

    /// <summary>Code to fail with; null while it can be written.</summary>
    public string? Fault { get; set; }

    /// <summary>Ends, well or not, when the disk has what was appended.</summary>
    public Task Durable { get; set; } = Task.CompletedTask;

    public void Expect()
    {
    }

    public void Came()
    {
    }

    public Task AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (Fault is { } code)
            throw new AuditUnavailableException(code);
        foreach (var record in records)
            Records.Enqueue(record with { CorrelationId = record.CorrelationId ?? Correlation.Current });
        return Durable;
    }

    public Task ProbeAsync(CancellationToken cancellationToken) =>
        Fault is { } code ? throw new AuditUnavailableException(code) : Task.CompletedTask;
}
