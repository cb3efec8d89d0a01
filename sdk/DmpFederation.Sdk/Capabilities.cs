namespace DmpFederation.Sdk;

/// <summary>Optional: the source holds identity traits.</summary>
public interface IIdentityLookup
{
    /// <summary>Finds the persons filed under a key. None when unknown; several when the source has duplicates, which the hub must see.</summary>
    /// <exception cref="SourceFaultException">The source could not be asked.</exception>
    IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, CancellationToken cancellationToken);
}

/// <summary>Content of a document, as the source keeps it.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Content">The bytes; the caller disposes it. May be read once.</param>
public sealed record DocumentContent(string ContentType, Stream Content) : IAsyncDisposable
{
    /// <summary>Length in bytes; null when the source does not say before it is read.</summary>
    public long? Length { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>Optional: documents whose content is fetched on demand.</summary>
public interface IDocumentContent
{
    /// <summary>Opens the content of a document entry. Null when the source no longer holds it.</summary>
    /// <param name="patient">The patient it is filed under: a source that finds it under another patient answers null.</param>
    /// <param name="localId">Local id of the document entry.</param>
    /// <param name="cancellationToken">Cancels the call, and the reading of the returned stream.</param>
    /// <exception cref="SourceFaultException">The source could not be asked.</exception>
    ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken);
}

/// <summary>Optional, on the plug-in: reads files without a configured source, so that a region can see what the hub would make of them.</summary>
public interface IFilePreview
{
    /// <summary>
    /// Reads one file as the connector would: its entries, or <see cref="Unreadable"/> with the reason. Never throws for what is in the file.
    /// </summary>
    /// <param name="fileName">Name without folder; a hint for the format.</param>
    /// <param name="content">The bytes of the file; not disposed by the callee.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<ReadItem> PreviewAsync(string fileName, Stream content, CancellationToken cancellationToken);
}

/// <summary>
/// Optional, on the connector when settings of the source matter, else on the plug-in: reads again, from its kept bytes, an item that could not be
/// read. Asked after a fix. A plug-in without it is asked through <see cref="IFilePreview"/>, with the item's position as the file's name.
/// </summary>
public interface IItemReplay
{
    /// <summary>
    /// Reads the item as the connector would have read it where it stood: its entries, filed under the item's patient, or
    /// <see cref="Unreadable"/> with the reason why it still cannot be read. Asks no legacy system. Never throws for what is in the item.
    /// </summary>
    /// <param name="item">The item as it was yielded: position, local id, patient and bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    IAsyncEnumerable<ReadItem> ReplayAsync(Unreadable item, CancellationToken cancellationToken);
}

/// <summary>
/// A part of a source's patients: those whose key hashes to <paramref name="Index"/> of <paramref name="Count"/>. The hash is 32-bit FNV-1a over
/// the UTF-8 bytes of the key's value, modulo <paramref name="Count"/>, so that every party cuts alike; <see cref="Contains"/> computes it.
/// </summary>
/// <param name="Index">From 0 to <paramref name="Count"/> − 1.</param>
/// <param name="Count">One or more.</param>
public readonly record struct PatientPartition(int Index, int Count)
{
    /// <summary>All patients.</summary>
    public static PatientPartition All => new(0, 1);

    /// <summary>True when the patient belongs to this part. The system of the key plays no part.</summary>
    /// <exception cref="InvalidOperationException">Index and count name no part, as in the default value.</exception>
    public bool Contains(PatientKey key)
    {
        if (Count < 1 || Index < 0 || Index >= Count)
            throw new InvalidOperationException($"There is no part {Index} of {Count}.");
        const int Enough = 128;
        var length = System.Text.Encoding.UTF8.GetByteCount(key.Value);
        var bytes = length <= Enough ? stackalloc byte[Enough] : new byte[length];
        var hash = 2166136261u;
        foreach (var unit in bytes[..System.Text.Encoding.UTF8.GetBytes(key.Value, bytes)])
            hash = (hash ^ unit) * 16777619u;
        return hash % (uint)Count == (uint)Index;
    }
}

/// <summary>Optional: the source can list whom it knows.</summary>
public interface IPatientDirectory
{
    /// <summary>Streams the keys of the patients of one partition, each once, in a stable order.</summary>
    /// <param name="partition">The part wanted.</param>
    /// <param name="after">Last key seen, to go on after an interruption; null from the start.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SourceFaultException">The source could not be asked.</exception>
    IAsyncEnumerable<PatientKey> ListPatientsAsync(PatientPartition partition, PatientKey? after, CancellationToken cancellationToken);
}

/// <summary>
/// A change of a source, in the order the source made them. The family is closed: <see cref="EntryChanged"/>, <see cref="EntryWithdrawn"/>,
/// <see cref="ItemUnreadable"/>.
/// </summary>
public abstract class SourceChange
{
    private protected SourceChange(string cursor) => Cursor = cursor;

    /// <summary>Where to go on after this change. Opaque, and comparable only by equality.</summary>
    public string Cursor { get; }
}

/// <summary>A fact is new or was corrected. A correction keeps the local id.</summary>
/// <param name="cursor">Where to go on.</param>
/// <param name="entry">The fact as it stands now.</param>
public sealed class EntryChanged(string cursor, DossierEntry entry) : SourceChange(cursor)
{
    /// <summary>The fact as it stands now.</summary>
    public DossierEntry Entry { get; } = entry;
}

/// <summary>A fact was withdrawn by its source: it must no longer be shown.</summary>
/// <param name="cursor">Where to go on.</param>
/// <param name="patient">The patient it was filed under.</param>
/// <param name="localId">Its local id.</param>
public sealed class EntryWithdrawn(string cursor, PatientKey patient, string localId) : SourceChange(cursor)
{
    /// <summary>The patient it was filed under.</summary>
    public PatientKey Patient { get; } = patient;

    /// <summary>Its local id.</summary>
    public string LocalId { get; } = localId;
}

/// <summary>A change that could not be read; it is kept and the feed goes on.</summary>
/// <param name="cursor">Where to go on.</param>
/// <param name="item">What could not be read, with its bytes.</param>
public sealed class ItemUnreadable(string cursor, Unreadable item) : SourceChange(cursor)
{
    /// <summary>What could not be read, with its bytes.</summary>
    public Unreadable Item { get; } = item;
}

/// <summary>Optional: the source can tell what changed, corrections and withdrawals included.</summary>
public interface IChangeFeed
{
    /// <summary>The cursor of now: reading from it later yields exactly what changes from now on. Taken before a copy begins.</summary>
    /// <exception cref="SourceFaultException">The source could not be asked.</exception>
    ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken);

    /// <summary>Streams the changes after a cursor up to now, then ends. Nothing is missed; a change may come again after an interruption.</summary>
    /// <param name="cursor">Null from the beginning of the source's history.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SourceFaultException">
    /// The source could not be asked; code <see cref="SourceFaultCodes.CursorExpired"/> when the cursor is too old.
    /// </exception>
    IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, CancellationToken cancellationToken);
}

/// <summary>Optional: the source accepts new facts.</summary>
public interface IEntryWriter
{
    /// <summary>
    /// Writes a fact once. The same idempotency key with the same bytes again changes nothing and answers the same local id, also when the first
    /// answer never arrived and after a restart of either side: the source itself has to remember the key.
    /// </summary>
    /// <param name="entry">The fact; its <see cref="DossierEntry.LocalId"/> is the hub's and becomes a business identifier at the source.</param>
    /// <param name="idempotencyKey">Stable key of this write.</param>
    /// <param name="cancellationToken">Cancels the call; the write may have happened.</param>
    /// <returns>Local id at the source.</returns>
    /// <exception cref="SourceFaultException">
    /// The write was refused or could not be done; code <see cref="SourceFaultCodes.Conflict"/> when the key was used with other bytes. With
    /// <see cref="SourceFaultException.IsFinal"/> the hub does not ask again by itself: a patient the source does not know, a fact it does not take.
    /// </exception>
    ValueTask<string> WriteAsync(DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken);
}

/// <summary>A code of the source that its connector knows no national or international code for. No patient data.</summary>
/// <param name="System">The source's own code system.</param>
/// <param name="Code">The code. Empty when the source gives a label alone.</param>
/// <param name="Count">How many facts the source holds under it.</param>
public sealed record UnmappedCode(string System, string Code, long Count)
{
    /// <summary>Label as the source prints it. Null when none.</summary>
    public string? Label { get; init; }

    /// <summary>Unit the facts are given in, when it is the unit that is not mapped with the code. Null when the code has none.</summary>
    public string? Unit { get; init; }
}

/// <summary>Optional: the source has codes of its own, and the connector can say which of them its table does not map.</summary>
public interface IMappingReport
{
    /// <summary>Streams the codes that are not mapped, the most used first. Facts under them are yielded all the same, with the source's own code.</summary>
    /// <exception cref="SourceFaultException">The source could not be asked.</exception>
    IAsyncEnumerable<UnmappedCode> ListUnmappedAsync(CancellationToken cancellationToken);
}
