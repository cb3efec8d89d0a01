using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// The dossiers in the resources of one file. References are resolved inside the file, as FHIR R4 asks of Bundles (§resolving references): by
/// <c>fullUrl</c>, by <c>Type/id</c>, by a contained Patient, by identifier.
/// </summary>
internal sealed class FileDossiers
{
    private readonly Dictionary<string, PatientKey> keyOfReference = new(StringComparer.Ordinal);
    private readonly List<BundleEntry> patients = [];
    private PatientKey? only;
    private int unnumbered;
    private (string? LocalId, IReadOnlyList<string>? Confidentiality) document;

    private FileDossiers(IReadOnlyList<BundleEntry> entries)
    {
        foreach (var entry in entries.Where(entry => !entry.Resource.IsEmpty))
        {
            if (Head(entry) is { Type: "Patient" } head)
                AddPatient(entry, head);
        }
        if (entries.Count > 0 && Head(entries[0]) is { Type: "Composition" } composition)
            document = (composition.LocalId ?? LocalId(composition, entries[0]), Confidentiality(entries[0].Resource));
    }

    public static IEnumerable<ReadItem> Read(IReadOnlyList<BundleEntry> entries)
    {
        var dossiers = new FileDossiers(entries);
        var maker = new EntryMaker(dossiers.Scope());
        List<ReadItem> items = [.. maker.Page(entries), .. maker.Rest()];
        return items.Count > 0 ? items : dossiers.WithoutFacts(entries.Count);
    }

    private EntryScope Scope() => new(FiledUnder, _ => true, LocalId, document);

    private PatientKey? FiledUnder(ResourceHead head)
    {
        if (head.SubjectReference is not { Length: > 0 } reference)
            return head.SubjectIdentifier ?? only ?? new PatientKey(PatientReferences.Unidentified, "-");
        if (reference.StartsWith('#') && ContainedResources.Patient(head.Contained, reference[1..])?.MainKey is { } contained)
            return contained;
        if (keyOfReference.TryGetValue(reference, out var key) || keyOfReference.TryGetValue(Relative(reference), out key))
            return key;
        return PatientReferences.Conditional(reference) ?? new PatientKey(PatientReferences.Unidentified, reference);
    }

    private string LocalId(ResourceHead head, BundleEntry entry)
    {
        var url = entry.FullUrl ?? "";
        var cut = url.StartsWith("urn:", StringComparison.Ordinal) ? url.LastIndexOf(':') : url.LastIndexOf('/');
        return cut >= 0 && cut < url.Length - 1 ? $"{head.Type}/{url[(cut + 1)..]}" : $"{head.Type}/#{++unnumbered}";
    }

    private void AddPatient(BundleEntry entry, ResourceHead head)
    {
        PatientKey key;
        try
        {
            key = PatientRecord.Read(entry.Resource).MainKey ?? new PatientKey(PatientReferences.Unidentified, "-");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The identity is unreadable, its facts are not: they are shown under no identity.
            key = new PatientKey(PatientReferences.Unidentified, "-");
        }
        patients.Add(entry);
        only = patients.Count == 1 ? key : null;
        if (head.LocalId is { } localId)
            keyOfReference[localId] = key;
        if (entry.FullUrl is { Length: > 0 } url)
            keyOfReference[url] = key;
    }

    /// <summary>A file of identities alone shows them, so that one sees that they were read; any other file says that it has no fact.</summary>
    private IEnumerable<ReadItem> WithoutFacts(int count)
    {
        if (patients.Count == 0)
        {
            yield return new Unreadable
            {
                Code = "NO_FACTS",
                Reason = $"FHIR resources without a clinical fact or a patient: {count}.",
            };
            yield break;
        }
        foreach (var patient in patients)
        {
            var head = Head(patient)!;
            var key = keyOfReference.GetValueOrDefault(head.LocalId ?? patient.FullUrl ?? "", new PatientKey(PatientReferences.Unidentified, "-"));
            yield return DossierEntry.FromJson(patient.Resource, new EntryContext(key, head.LocalId ?? LocalId(head, patient)));
        }
    }

    private static string Relative(string reference)
    {
        var at = reference.LastIndexOf("/Patient/", StringComparison.Ordinal);
        var relative = at < 0 ? reference : reference[(at + 1)..];
        var version = relative.IndexOf("/_history/", StringComparison.Ordinal);
        return version < 0 ? relative : relative[..version];
    }

    private static List<string>? Confidentiality(ReadOnlyMemory<byte> composition)
    {
        using var json = JsonDocument.Parse(composition, new JsonDocumentOptions { MaxDepth = 256 });
        return json.RootElement.Text("confidentiality") is { Length: > 0 } code ? [code] : null;
    }

    private static ResourceHead? Head(BundleEntry entry)
    {
        try
        {
            return ResourceHead.Read(entry.Resource);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
