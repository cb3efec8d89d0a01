using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Policy gate: asks only sources that may be asked, and holds a lease on the connector for the whole call.</summary>
internal sealed class GatedReader(ISourceReader inner, SourceGate gate) : ISourceReader
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var (admitted, status, reason) = gate.Enter(source);
        if (admitted is null)
            return new SourceOutcome { Source = source, Status = status, Reason = reason };
        try
        {
            return await inner.ReadAsync(admitted, request, deadline, cancellationToken);
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }
}
