using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// Guarded access to what a source can say of all it holds: whom it knows, what changed, the content of documents. No call fails, but for the caller
/// being gone: a reason says what broke, and what had arrived is given.
/// </summary>
internal interface ISourceHoldings
{
    /// <summary>The next patients of a partition, in the source's order (<see cref="IPatientDirectory"/>).</summary>
    Task<DirectoryPage> ListAsync(
        Source source, PatientPartition partition, PatientKey? after, int most, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>The cursor of now (<see cref="IChangeFeed"/>).</summary>
    Task<CursorOutcome> CursorAsync(Source source, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>Whom the next changes after a cursor are about (<see cref="IChangeFeed"/>).</summary>
    Task<ChangePage> ChangesAsync(Source source, string? cursor, int most, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>Content of a document (<see cref="IDocumentContent"/>), read whole.</summary>
    Task<ContentOutcome> OpenContentAsync(
        Source source, PatientKey patient, string localId, DocumentBounds bounds, CancellationToken cancellationToken);
}

/// <summary>Bounds of reading one document.</summary>
/// <param name="MostBytes">More than this is <c>TOO_LARGE</c>.</param>
/// <param name="Deadline">Longest wait.</param>
internal readonly record struct DocumentBounds(long MostBytes, TimeSpan Deadline);

/// <summary>Some patients of a source.</summary>
/// <param name="Keys">In the source's order.</param>
/// <param name="Ended">True when there are no more.</param>
/// <param name="Reason">What broke; null when nothing did. The keys before it count.</param>
internal sealed record DirectoryPage(IReadOnlyList<PatientKey> Keys, bool Ended, string? Reason);

/// <summary>Where a feed goes on.</summary>
/// <param name="Cursor">Not null exactly when it ended well.</param>
/// <param name="Reason">What broke; null when nothing did.</param>
internal sealed record CursorOutcome(string? Cursor, string? Reason);

/// <summary>Some changes of a source.</summary>
/// <param name="Patients">Whom they are about, each once.</param>
/// <param name="Count">How many changes.</param>
/// <param name="Unattributed">True when a change could not be read so far that its patient is known: it may be anybody's.</param>
/// <param name="Cursor">Where to go on; null when nothing came.</param>
/// <param name="Ended">True when there are no more.</param>
/// <param name="Reason">What broke; null when nothing did. The changes before it count.</param>
internal sealed record ChangePage(
    IReadOnlyCollection<PatientKey> Patients, int Count, bool Unattributed, string? Cursor, bool Ended, string? Reason);

/// <summary>Content of a document.</summary>
/// <param name="ContentType">Media type; null when the source does not hold the content, or something broke.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Reason">What broke; null when nothing did.</param>
internal sealed record ContentOutcome(string? ContentType, ReadOnlyMemory<byte> Bytes, string? Reason);

/// <inheritdoc cref="ISourceHoldings"/>
internal sealed class SourceHoldings(CapabilityCall call) : ISourceHoldings
{
    public async Task<DirectoryPage> ListAsync(
        Source source, PatientPartition partition, PatientKey? after, int most, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var listing = new DirectoryListing(partition, after, most);
        var reason = await call.RunAsync(source, nameof(IPatientDirectory), listing, deadline, cancellationToken);
        return listing.Close(reason);
    }

    public async Task<CursorOutcome> CursorAsync(Source source, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var asking = new CursorAsking();
        var reason = await call.RunAsync(source, nameof(IChangeFeed), asking, deadline, cancellationToken);
        // A cursor that is none would begin with the whole history: nobody may take it for now.
        return reason is null && asking.Cursor is null ? new CursorOutcome(null, CallReasons.BadEntry) : new CursorOutcome(asking.Cursor, reason);
    }

    public async Task<ChangePage> ChangesAsync(
        Source source, string? cursor, int most, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var listing = new ChangeListing(cursor, most);
        var reason = await call.RunAsync(source, nameof(IChangeFeed), listing, deadline, cancellationToken);
        return listing.Close(reason);
    }

    public async Task<ContentOutcome> OpenContentAsync(
        Source source, PatientKey patient, string localId, DocumentBounds bounds, CancellationToken cancellationToken)
    {
        var opening = new ContentOpening(patient, localId, bounds.MostBytes);
        var reason = await call.RunAsync(source, nameof(IDocumentContent), opening, bounds.Deadline, cancellationToken);
        return opening.Close(reason);
    }

    private sealed class CursorAsking : IConnectorWork
    {
        private string? cursor;

        public string? Cursor => Volatile.Read(ref cursor);

        public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken) =>
            Volatile.Write(ref cursor, await ((IChangeFeed)connector).CurrentCursorAsync(cancellationToken));
    }
}
