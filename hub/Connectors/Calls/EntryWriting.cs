using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Writes one fact by a connector, and keeps what it answered.</summary>
internal sealed class EntryWriting(DossierEntry entry, string idempotencyKey) : IConnectorWork
{
    private volatile string? localId;
    private volatile bool refused;

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        try
        {
            var answered = await ((IEntryWriter)connector).WriteAsync(entry, idempotencyKey, cancellationToken);
            // Perhaps written, under an id that nobody knows: asked again, the source has to say.
            if (string.IsNullOrWhiteSpace(answered))
                throw new SourceFaultException(CallReasons.BadLocalId);
            localId = answered;
        }
        catch (SourceFaultException fault) when (fault.IsFinal)
        {
            refused = true;
            throw;
        }
    }

    /// <param name="reason">Code of what hindered the call; null when it ended well.</param>
    /// <param name="ended">False when the call was given up while it ran: nothing it says later is believed.</param>
    public WriteOutcome Close(string? reason, bool ended) =>
        reason is null ? new WriteOutcome(localId, null, true) : new WriteOutcome(null, reason, ended && refused);
}
