using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Tells whose a changed resource is, by the key the hub would ask that patient by. Patients are read many at once, and remembered.</summary>
internal sealed class ChangeOwners(FhirEndpoint endpoint, PatientFinder finder, IReadOnlyList<string> systems)
{
    private const int Ahead = 200;
    private readonly Dictionary<string, PatientKey> keyOfRecord = new(StringComparer.Ordinal);
    private int preparedTo = -1;

    /// <summary>Reads the patients of the next changes in one go.</summary>
    public async ValueTask PrepareAsync(List<HistoryChange> changes, int index, CancellationToken cancellationToken)
    {
        if (index <= preparedTo)
            return;
        preparedTo = Math.Min(changes.Count, index + Ahead) - 1;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var each = index; each <= preparedTo; each++)
        {
            if (changes[each].Head is { } head && RecordId(head) is { } id && !keyOfRecord.ContainsKey(id))
                ids.Add(id);
        }
        await LearnAsync(ids, cancellationToken);
    }

    /// <summary>Null when the server does not tell any more.</summary>
    public async ValueTask<PatientKey?> OfAsync(HistoryChange change, CancellationToken cancellationToken)
    {
        var head = change.Head ?? (change.IsDeletion ? await LastHeadAsync(change.LocalId, cancellationToken) : null);
        if (head is null || head.SubjectAmbiguous)
            return null;
        if (head.SubjectReference is not { Length: > 0 } reference)
            return head.SubjectIdentifier;
        if (RecordId(head) is not { } id)
            return PatientReferences.Conditional(reference) ?? PatientReferences.Stranger(endpoint.BaseUrl, reference);
        if (!keyOfRecord.ContainsKey(id))
            await LearnAsync([id], cancellationToken);
        return keyOfRecord[id];
    }

    /// <summary>A deleted resource has no body any more: its last version says whose it was.</summary>
    private async Task<ResourceHead?> LastHeadAsync(string localId, CancellationToken cancellationToken)
    {
        var answer = await endpoint.GetAsync(localId + "/_history", cancellationToken);
        if (answer.IsAbsent)
            return null;
        if (answer.Fault is { } fault)
            throw new SourceFaultException(fault);
        foreach (var entry in BundlePage.Read(answer.Body).Entries)
        {
            if (HistoryChange.Read(entry)?.Head is { } head && head.LocalId == localId)
                return head;
        }
        return null;
    }

    private async Task LearnAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        foreach (var record in await finder.ByIdAsync(ids, cancellationToken))
        {
            if (record.Id is { } id && PatientDirectory.Preferred(record, systems) is { } key)
                keyOfRecord[id] = key;
        }
        foreach (var id in ids)
            keyOfRecord.TryAdd(id, new PatientKey(endpoint.RecordSystem, id));
    }

    private string? RecordId(ResourceHead head) =>
        head.SubjectReference is { } reference ? PatientReferences.LocalId(endpoint.BaseUrl, reference) : null;
}
