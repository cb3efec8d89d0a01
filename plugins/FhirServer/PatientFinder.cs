using System.Globalization;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>The records a server holds under the keys that were asked.</summary>
internal sealed class FoundPatients
{
    /// <summary>Id of each record to the key it was found by.</summary>
    public Dictionary<string, PatientKey> KeyOfRecord { get; } = new(StringComparer.Ordinal);

    public List<PatientRecord> Records { get; } = [];

    /// <summary>Keys without a record, and what could not be told.</summary>
    public List<ReadItem> Items { get; } = [];
}

/// <summary>Finds Patient resources by identifier, many at once.</summary>
internal sealed class PatientFinder(FhirEndpoint endpoint, BundlePager pager, FhirServerSettings settings)
{
    /// <exception cref="SourceFaultException">The search failed: without it nothing can be said of any of the patients.</exception>
    public async Task<FoundPatients> FindAsync(IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken)
    {
        var found = new FoundPatients();
        var answered = new HashSet<PatientKey>();
        var mismatch = false;
        foreach (var search in Searches(keys))
        {
            await foreach (var record in RecordsAsync(search, cancellationToken))
                mismatch |= !Match(record, keys, found, answered);
        }
        foreach (var key in keys.Distinct().Where(key => !answered.Contains(key)))
        {
            // A server that answers somebody else must not make the patient look unknown: that would be taken for a fact.
            found.Items.Add(mismatch ? new ReadGap(SourceFaultCodes.WrongPatient, key) : new PatientUnknown(key));
        }
        return found;
    }

    /// <summary>Reads Patients by id, those the server does not hold left out.</summary>
    public async Task<IReadOnlyList<PatientRecord>> ByIdAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var records = new List<PatientRecord>();
        foreach (var chunk in ids.Chunk(50))
        {
            await foreach (var record in RecordsAsync(new("_id", string.Join(',', chunk)), cancellationToken))
                records.Add(record);
        }
        return records;
    }

    private IEnumerable<KeyValuePair<string, string>> Searches(IReadOnlyList<PatientKey> keys)
    {
        var own = keys.Where(key => key.System == endpoint.RecordSystem).Select(key => key.Value).Distinct().ToList();
        var foreign = keys.Where(key => key.System != endpoint.RecordSystem).Distinct().ToList();
        if (own.Count > 0)
            yield return new("_id", string.Join(',', own));
        foreach (var chunk in foreign.Chunk(50))
            yield return new("identifier", string.Join(',', chunk.Select(PatientReferences.Token)));
    }

    private async IAsyncEnumerable<PatientRecord> RecordsAsync(
        KeyValuePair<string, string> search,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] parameters = [search, new("_count", settings.PageSize.ToString(CultureInfo.InvariantCulture))];
        await foreach (var paged in pager.PagesAsync(token => endpoint.SearchAsync("Patient", parameters, token), cancellationToken))
        {
            if (paged.Fault is { } fault)
                throw new SourceFaultException(fault);
            foreach (var entry in paged.Page!.Entries)
            {
                if (entry.Resource.IsEmpty || entry.SearchMode is "outcome")
                    continue;
                if (Readable(entry.Resource) is { } record)
                    yield return record;
            }
        }
    }

    private static PatientRecord? Readable(ReadOnlyMemory<byte> resource)
    {
        try
        {
            return ResourceHead.Read(resource).Type == "Patient" ? PatientRecord.Read(resource) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    /// <summary>False when the record carries none of the keys asked and nothing explains why it was sent.</summary>
    private bool Match(PatientRecord record, IReadOnlyList<PatientKey> keys, FoundPatients found, HashSet<PatientKey> answered)
    {
        if (record.Id is not { } id)
            return false;
        var matched = false;
        foreach (var key in keys)
        {
            if (!(key.System == endpoint.RecordSystem ? key.Value == id : record.Keys.Contains(key)))
                continue;
            matched = true;
            answered.Add(key);
            if (found.KeyOfRecord.TryAdd(id, key))
                found.Records.Add(record);
            else if (found.KeyOfRecord[id] != key)
                found.Items.Add(new ReadGap(FhirFaultCodes.SharedRecord, key));
        }
        return matched || record.CarriesInsuredNumber;
    }
}
