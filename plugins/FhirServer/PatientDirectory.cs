using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// Lists the patients of a server. FHIR promises no order between pages nor between two listings, so the keys of the partition are gathered and
/// sorted: each once, and an interrupted listing goes on even when the last patient seen has gone. Larger servers are cut in more partitions.
/// </summary>
internal sealed class PatientDirectory(FhirEndpoint endpoint, BundlePager pager, IReadOnlyList<string> systems, FhirServerSettings settings)
{
    public async IAsyncEnumerable<PatientKey> ListAsync(
        PatientPartition partition, PatientKey? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = new SortedSet<PatientKey>(Comparer<PatientKey>.Create(Compare));
        KeyValuePair<string, string>[] parameters =
            [new("_elements", "identifier"), new("_count", settings.PageSize.ToString(CultureInfo.InvariantCulture))];
        await foreach (var paged in pager.PagesAsync(token => endpoint.SearchAsync("Patient", parameters, token), cancellationToken))
        {
            if (paged.Fault is { } fault)
                throw new SourceFaultException(fault);
            foreach (var entry in paged.Page!.Entries)
            {
                if (!entry.Resource.IsEmpty && KeyOf(entry.Resource) is { } key && partition.Contains(key)
                    && (after is not { } last || Compare(key, last) > 0))
                    keys.Add(key);
            }
        }
        foreach (var key in keys)
            yield return key;
    }

    /// <summary>The key the hub would ask a record by: the first of the source's key systems that it carries. Null when it carries none.</summary>
    public static PatientKey? Preferred(PatientRecord record, IReadOnlyList<string> systems)
    {
        foreach (var system in systems)
        {
            foreach (var key in record.Keys)
            {
                if (key.System == system)
                    return key;
            }
        }
        return null;
    }

    private PatientKey? KeyOf(ReadOnlyMemory<byte> resource)
    {
        try
        {
            return ResourceHead.Read(resource).Type == "Patient" ? Preferred(PatientRecord.Read(resource), systems) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new SourceFaultException(SourceFaultCodes.BadAnswer);
        }
    }

    private static int Compare(PatientKey one, PatientKey other)
    {
        var byValue = string.CompareOrdinal(one.Value, other.Value);
        return byValue != 0 ? byValue : string.CompareOrdinal(one.System, other.System);
    }
}
