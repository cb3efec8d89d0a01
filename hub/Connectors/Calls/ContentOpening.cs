using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Reads the content of one document whole, within a bound of bytes.</summary>
internal sealed class ContentOpening(PatientKey patient, string localId, long mostBytes) : IConnectorWork
{
    private const int Piece = 64 * 1024;

    private ContentOutcome? read;

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        await using var content = await ((IDocumentContent)connector).OpenContentAsync(patient, localId, cancellationToken);
        if (content is null)
        {
            Volatile.Write(ref read, new ContentOutcome(null, default, null));
            return;
        }
        if (content is not { ContentType.Length: > 0, Content: not null })
            throw new SourceFaultException(CallReasons.BadEntry);
        if (content.Length > mostBytes)
            throw new SourceFaultException(SourceFaultCodes.TooLarge);
        using var kept = new MemoryStream(content.Length is { } length ? (int)length : 0);
        var piece = new byte[Piece];
        for (int got; (got = await content.Content.ReadAsync(piece, cancellationToken)) > 0;)
        {
            if (kept.Length + got > mostBytes)
                throw new SourceFaultException(SourceFaultCodes.TooLarge);
            kept.Write(piece, 0, got);
        }
        Volatile.Write(ref read, new ContentOutcome(content.ContentType, kept.ToArray(), null));
    }

    public ContentOutcome Close(string? reason) =>
        reason is null ? Volatile.Read(ref read)! : new ContentOutcome(null, default, reason);
}
