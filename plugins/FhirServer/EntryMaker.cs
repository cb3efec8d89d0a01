using System.Text.Json;
using System.Text.Unicode;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>How one read or one file tells whose a resource is.</summary>
/// <param name="FiledUnder">The key of the patient a resource belongs to, a stranger's when it is somebody else's; null when nothing tells.</param>
/// <param name="IsWanted">Whether an included resource belongs to the patients asked for.</param>
/// <param name="LocalId">Local id of a resource without an id; null when it cannot have one.</param>
/// <param name="Document">Context of the document the resources were extracted from.</param>
internal sealed record EntryScope(
    Func<ResourceHead, PatientKey?> FiledUnder,
    Func<ResourceHead, bool> IsWanted,
    Func<ResourceHead, BundleEntry, string?> LocalId,
    (string? LocalId, IReadOnlyList<string>? Confidentiality) Document = default);

/// <summary>
/// Turns the entries of the pages of one search (or of one file) into what the hub reads. Medicines named by reference are resolved within the
/// search; a fact whose medicine has not come yet waits for a later page.
/// </summary>
internal sealed class EntryMaker(EntryScope scope)
{
    private readonly Dictionary<string, DossierEntry> medicines = new(StringComparer.Ordinal);
    private readonly List<(DossierEntry Entry, string Reference)> waiting = [];

    /// <summary>Items of one page.</summary>
    public List<ReadItem> Page(IReadOnlyList<BundleEntry> entries)
    {
        var items = new List<ReadItem>(entries.Count);
        for (var index = 0; index < entries.Count; index++)
            Add(entries[index], index, items);
        for (var index = waiting.Count - 1; index >= 0; index--)
        {
            var (entry, reference) = waiting[index];
            if (!medicines.TryGetValue(reference, out var medicine))
                continue;
            items.Add(EntryCopy.WithMedicine(entry, medicine));
            waiting.RemoveAt(index);
        }
        return items;
    }

    /// <summary>What still waits at the end, as it is: a fact without a code is better than none.</summary>
    public IEnumerable<ReadItem> Rest() => waiting.Select(each => each.Entry);

    private void Add(BundleEntry bundled, int index, List<ReadItem> items)
    {
        if (bundled.Resource.IsEmpty)
        {
            if (bundled.Method is null && bundled.LastModified is null)
                items.Add(Refused("NOT_A_RESOURCE", "The Bundle entry has no resource.", index, bundled, null));
            return;
        }
        ResourceHead head;
        try
        {
            if (!Utf8.IsValid(bundled.Resource.Span))
            {
                items.Add(Refused("NOT_UTF8", "The resource has bytes that are not UTF-8.", index, bundled, null));
                return;
            }
            head = ResourceHead.Read(bundled.Resource);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            items.Add(Refused("NOT_JSON", "The resource is not JSON.", index, bundled, null));
            return;
        }
        if (head.Type == "OperationOutcome")
            items.AddRange(Outcomes.Gaps(bundled.Resource));
        else if (head.Type == "Medication")
            Remember(head, bundled);
        else if (!head.Withdrawn && !FactTypes.IsNoFact(head.Type) && (bundled.SearchMode != "include" || scope.IsWanted(head)))
            AddFact(head, bundled, index, items);
    }

    private void AddFact(ResourceHead head, BundleEntry bundled, int index, List<ReadItem> items)
    {
        if (head.SubjectAmbiguous)
        {
            items.Add(Refused("SUBJECT_AMBIGUOUS", "The resource names two patients.", index, bundled, head));
            return;
        }
        if (scope.FiledUnder(head) is not { } patient)
        {
            items.Add(Refused("NO_SUBJECT", "The resource does not say which patient it is about.", index, bundled, head));
            return;
        }
        try
        {
            var isDocument = head.Type == "Composition";
            var entry = DossierEntry.FromJson(bundled.Resource, new EntryContext(
                patient,
                head.Id is null ? scope.LocalId(head, bundled) : null,
                isDocument ? null : scope.Document.LocalId,
                isDocument ? null : scope.Document.Confidentiality));
            if (isDocument)
                items.Add(EntryCopy.AsDocument(entry));
            else if (entry.Code?.Code is null && FactTypes.NamesMedicine(head.Type) && head.MedicationReference is { } reference)
                AddMedication(entry, head, reference, items);
            else
                items.Add(entry);
        }
        catch (EntryFormatException refused)
        {
            items.Add(Refused(refused.Code, refused.Message, index, bundled, head));
        }
    }

    private void AddMedication(DossierEntry entry, ResourceHead head, string reference, List<ReadItem> items)
    {
        if (reference.StartsWith('#'))
            items.Add(ContainedResources.Find(head.Contained, reference[1..]) is { } contained
                ? EntryCopy.WithMedicine(entry, Medicine(contained))
                : entry);
        else if (medicines.TryGetValue(reference, out var medicine))
            items.Add(EntryCopy.WithMedicine(entry, medicine));
        else
            waiting.Add((entry, reference));
    }

    private void Remember(ResourceHead head, BundleEntry bundled)
    {
        try
        {
            var medicine = Medicine(bundled.Resource);
            if (head.Id is { } id)
                medicines["Medication/" + id] = medicine;
            if (bundled.FullUrl is { Length: > 0 } url)
                medicines[url] = medicine;
        }
        catch (EntryFormatException)
        {
            // Not the patient's fact: the prescription that names it is still shown, with the name it carries itself.
        }
    }

    /// <summary>The envelope of a Medication: its code chosen by the same rules as that of any fact. It is never handed out.</summary>
    private static DossierEntry Medicine(ReadOnlyMemory<byte> medication) =>
        DossierEntry.FromJson(medication, new EntryContext(new PatientKey(PatientReferences.Unidentified, "-"), "Medication"));

    private static Unreadable Refused(string code, string reason, int index, BundleEntry bundled, ResourceHead? head) => new()
    {
        Code = code,
        Reason = reason,
        Position = $"entry[{index}]",
        Raw = bundled.Resource,
        LocalId = head?.LocalId,
    };
}
