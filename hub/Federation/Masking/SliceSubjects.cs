using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// The entries of one slice as the decision sees them: with the labels, type, author and stay of the document each comes from, as far as the same
/// source gave that document. Of several versions of a document the labels of all count, and the newest says the rest.
/// </summary>
internal sealed class SliceSubjects
{
    private readonly string sourceId;
    private readonly bool withIds;
    private readonly Dictionary<string, Document>? documents;

    /// <param name="slice">The slice.</param>
    /// <param name="withIds">False when no mask can name an entry: then entry ids are left empty.</param>
    public SliceSubjects(in PatientSlice slice, bool withIds)
    {
        sourceId = slice.SourceId;
        this.withIds = withIds;
        for (var index = 0; index < slice.Entries.Count; index++)
        {
            if (slice.Entries[index].DocumentLocalId is { } document)
                (documents ??= new(StringComparer.Ordinal)).TryAdd(document, new Document());
        }
        for (var index = 0; documents is not null && index < slice.Entries.Count; index++)
        {
            if (documents.TryGetValue(slice.Entries[index].LocalId, out var document))
                document.Add(slice.Entries[index]);
        }
    }

    public EntrySubject Of(DossierEntry entry)
    {
        var document = entry.DocumentLocalId is { } id && documents!.TryGetValue(id, out var found) && found.Newest is not null ? found : null;
        var type = entry.Category == EntryCategory.Document ? entry : document?.Newest;
        return new EntrySubject
        {
            SourceId = sourceId,
            EntryId = withIds ? EntryId.Of(sourceId, entry.LocalId) : "",
            Category = entry.Category,
            DocumentType = type is { Category: EntryCategory.Document } ? type.Code : null,
            DocumentEntryId = withIds && entry.DocumentLocalId is { } own ? EntryId.Of(sourceId, own) : null,
            AuthorId = entry.Author?.Id ?? document?.Newest!.Author?.Id,
            EpisodeEntryId = withIds ? Stay(entry, document?.Newest) : null,
            Labels = Union(entry.Confidentiality, document?.Labels),
        };
    }

    /// <summary>Something of which only the local id is known.</summary>
    public EntrySubject OfUnread(string localId) => new()
    {
        SourceId = sourceId,
        EntryId = EntryId.Of(sourceId, localId),
        Category = EntryCategory.Document,
        Labels = [],
    };

    private string? Stay(DossierEntry entry, DossierEntry? document)
    {
        if (entry.Category == EntryCategory.Encounter)
            return EntryId.Of(sourceId, entry.LocalId);
        return (entry.EncounterLocalId ?? document?.EncounterLocalId) is { } stay ? EntryId.Of(sourceId, stay) : null;
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string> own, IReadOnlyList<string>? ofDocument)
    {
        if (ofDocument is not { Count: > 0 })
            return own;
        return own.Count == 0 ? ofDocument : [.. own, .. ofDocument];
    }

    private sealed class Document
    {
        public DossierEntry? Newest { get; private set; }

        public IReadOnlyList<string> Labels { get; private set; } = [];

        public void Add(DossierEntry version)
        {
            if (Newest is null || LeadChoice.CompareVersions(version, Newest) < 0)
                Newest = version;
            Labels = Union(Labels, version.Confidentiality);
        }
    }
}
