using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Http;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>
/// Follows the registry's journal. Each entry of it is told as documents and facts stand now; facts of a replaced or deleted document are withdrawn
/// with it. A document that cannot be had for the moment stops the feed, so that nothing of it is missed; one the store no longer has does not.
/// </summary>
internal sealed class ChangeFeed(StoreClient store)
{
    internal const string ContentGone = "DELETED_CONTENT_GONE";

    private const int ChangesPerPage = 200;

    internal async Task<string> CurrentCursorAsync(CancellationToken cancellationToken) =>
        FeedCursor.After((await store.ChangesAsync(long.MaxValue, 1, cancellationToken)).Last).ToString();

    internal async IAsyncEnumerable<SourceChange> ReadAsync(string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = from is null ? FeedCursor.After(0) : FeedCursor.Parse(from);
        var isFirst = true;
        var journal = SourceJournal.FollowAsync(start.Number, (after, stop) => store.ChangesAsync(after, ChangesPerPage, stop), cancellationToken);
        var before = start.Number;
        await foreach (var (number, element) in journal)
        {
            var told = await ToldAsync(element, cancellationToken);
            var cursor = FeedCursor.After(before);
            var passed = isFirst ? PassedOver(told, start) : 0;
            for (var index = 0; index < told.Count; index++)
            {
                cursor = cursor.With(told[index]);
                if (index >= passed)
                    yield return told[index].At(index == told.Count - 1 ? FeedCursor.After(number) : cursor);
            }
            before = number;
            isFirst = false;
        }
    }

    private static int PassedOver(IReadOnlyList<ToldChange> told, FeedCursor start)
    {
        if (start.Told == 0 || start.Told > told.Count)
            return 0;
        var again = told.Take(start.Told).Aggregate(FeedCursor.After(start.Number), (cursor, change) => cursor.With(change));
        return again == start ? start.Told : 0;
    }

    private async Task<IReadOnlyList<ToldChange>> ToldAsync(XElement element, CancellationToken cancellationToken)
    {
        if (ChangeReader.Read(element) is not { } change)
        {
            return
            [
                new ToldChange(new Unreadable
                {
                    Code = "CHANGE_UNREADABLE",
                    Reason = "The change names no patient, no document or no event known here (patientId, uniqueId, event).",
                    Raw = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)),
                    LocalId = null,
                }),
            ];
        }
        if (change.Event == DocumentEvents.Deleted)
            return await DeletedAsync(change, cancellationToken);
        // Deleted since: its deletion is told in its turn.
        if (change.Line is not { } line)
            return [];
        var file = await store.FetchIfHeldAsync(line.Path, cancellationToken);
        var stands = Standing(change, line, file);
        return change.Event == DocumentEvents.Replaced && line.Availability == Availability.Deprecated && file is { } replaced
            ? [.. stands, .. Withdrawals(change, line, replaced, stands)]
            : stands;
    }

    private async Task<IReadOnlyList<ToldChange>> DeletedAsync(DocumentChange change, CancellationToken cancellationToken)
    {
        var document = new ToldChange(change.Patient, change.UniqueId);
        // Deletion is logical in the DMP: the store keeps the content for those who must take back what they drew from it.
        var line = new IndexedDocument { UniqueId = change.UniqueId, Path = $"deleted/{Uri.EscapeDataString(change.UniqueId)}" };
        if (await store.FetchIfHeldAsync(line.Path, cancellationToken) is { } file)
            return [.. Withdrawals(change, line, file, []), document];
        return
        [
            document,
            new ToldChange(new Unreadable
            {
                Code = ContentGone,
                Reason = "The document was deleted and its content is gone: facts drawn from it cannot be named, withdraw those of this document.",
                Patient = change.Patient,
                LocalId = change.UniqueId,
            }),
        ];
    }

    private static List<ToldChange> Standing(DocumentChange change, IndexedDocument line, ReadOnlyMemory<byte>? file)
    {
        if (file is not { } bytes)
            return Described(change, line, DocumentStream.Failed, "The store lists the document and has no content of it.", default);
        if (!DocumentStream.IsRegistered(line, bytes))
            return Described(change, line, DocumentStream.Altered, "The content is not the one that was registered (SHA-1).", bytes);
        return [.. DocumentReader.Read(change.Patient, line, bytes).Select(item => item switch
        {
            DossierEntry entry => new ToldChange(entry),
            Unreadable unreadable => new ToldChange(unreadable),
            _ => null,
        }).OfType<ToldChange>()];
    }

    private static List<ToldChange> Described(DocumentChange change, IndexedDocument line, string code, string reason, ReadOnlyMemory<byte> raw) =>
    [
        new ToldChange(DocumentReader.Described(change.Patient, line)),
        new ToldChange(new Unreadable { Code = code, Reason = reason, Raw = raw, Patient = change.Patient, LocalId = change.UniqueId }),
    ];

    /// <summary>Everything a document once said beside itself, as if it stood, and what of it stands no longer.</summary>
    private static IEnumerable<ToldChange> Withdrawals(
        DocumentChange change, IndexedDocument line, ReadOnlyMemory<byte> file, IReadOnlyList<ToldChange> stands)
    {
        var kept = stands.Where(told => told.IsEntry).Select(told => told.LocalId).Append(change.UniqueId).ToHashSet(StringComparer.Ordinal);
        return DocumentReader.Read(change.Patient, line with { Availability = Availability.Approved }, file)
            .OfType<DossierEntry>()
            .Where(entry => !kept.Contains(entry.LocalId))
            .Select(entry => new ToldChange(change.Patient, entry.LocalId));
    }
}
