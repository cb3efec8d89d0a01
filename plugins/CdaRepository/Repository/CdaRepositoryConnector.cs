using System.Runtime.CompilerServices;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>One regional store: an index and the documents it points at.</summary>
internal sealed class CdaRepositoryConnector(StoreClient store, DocumentStream documents, ChangeFeed changes)
    : ISourceConnector, IDocumentContent, IIdentityLookup, IChangeFeed
{
    internal const string IndexFailed = "INDEX_FAILED";

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await store.ProbeAsync(cancellationToken);

    public async IAsyncEnumerable<ReadItem> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SourceFaultException? last = null;
        var answered = 0;
        foreach (var patient in request.Patients.Select(query => query.Key))
        {
            var (lines, fault) = await FindAsync(patient, cancellationToken);
            if (fault is not null)
            {
                last = fault;
                // Alone, the patient's index is the whole source; among others, it is a gap of this patient.
                if (request.Patients.Count == 1)
                    break;
                yield return new ReadGap(IndexFailed, patient);
                continue;
            }
            answered++;
            if (lines is null)
            {
                yield return new PatientUnknown(patient);
                continue;
            }
            await foreach (var item in documents.ReadAsync(patient, lines, cancellationToken))
                yield return item;
        }
        if (last is not null && answered == 0)
            throw new SourceFaultException(last.Code);
    }

    public async ValueTask<DocumentContent?> OpenContentAsync(PatientKey patient, string localId, CancellationToken cancellationToken)
    {
        // Asked of the index first: the address alone would open another patient's document.
        var lines = await store.FindAsync(patient, cancellationToken);
        var line = lines?.FirstOrDefault(one => one.UniqueId == localId && one.Availability != Availability.Deleted);
        if (line is null)
            return null;
        var file = await store.FetchAsync(line, cancellationToken);
        var content = CdaReader.TryRead(file, out var root, out _)
            ? ReadableContent.Of(new CdaDocument(root), file)
            : new ReadableContent(line.MimeType ?? "application/octet-stream", file);
        return new DocumentContent(content.ContentType, new MemoryStream(content.Bytes.ToArray(), writable: false)) { Length = content.Bytes.Length };
    }

    public async IAsyncEnumerable<PatientTraits> FindTraitsAsync(PatientKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The index holds no traits: those of the newest document that can be read are the store's latest word.
        var lines = await store.FindAsync(key, cancellationToken) ?? [];
        var current = lines.Where(one => one.Availability is Availability.Approved or Availability.Archived);
        foreach (var line in current.OrderByDescending(one => one.Created))
        {
            var file = await store.FetchAsync(line, cancellationToken);
            if (!CdaReader.TryRead(file, out var root, out _) || CdaTraits.Of(new CdaDocument(root)) is not { } traits)
                continue;
            yield return traits.Keys.Contains(key) ? traits : traits with { Keys = [key, .. traits.Keys] };
            yield break;
        }
    }

    public async ValueTask<string> CurrentCursorAsync(CancellationToken cancellationToken) => await changes.CurrentCursorAsync(cancellationToken);

    public IAsyncEnumerable<SourceChange> ReadChangesAsync(string? cursor, CancellationToken cancellationToken) =>
        changes.ReadAsync(cursor, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<(IReadOnlyList<IndexedDocument>? Lines, SourceFaultException? Fault)> FindAsync(
        PatientKey patient, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.FindAsync(patient, cancellationToken), null);
        }
        catch (SourceFaultException fault)
        {
            return (null, fault);
        }
    }
}
