using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Counts every outcome, those without contact included.</summary>
internal sealed class MeteredReader(ISourceReader inner, ConnectorsMetrics metrics) : ISourceReader
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var outcome = await inner.ReadAsync(source, request, deadline, cancellationToken);
        metrics.Record(source.Id, "read", outcome.Status, outcome.Elapsed, outcome.Entries.Count);
        return outcome;
    }
}
