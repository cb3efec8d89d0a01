using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>One resource read again from its kept bytes, by the rules of a search.</summary>
internal static class ItemReplay
{
    public static IEnumerable<ReadItem> Read(Unreadable item)
    {
        var maker = new EntryMaker(new EntryScope(head => FiledUnder(head, item.Patient), static _ => true, (_, _) => item.LocalId));
        return [.. maker.Page([new BundleEntry(null, item.Raw, null, null, null, null)]), .. maker.Rest()];
    }

    /// <summary>
    /// A reference to a patient of the server is believed to be the item's patient: without the server nobody can follow it, and the live read will.
    /// </summary>
    private static PatientKey? FiledUnder(ResourceHead head, PatientKey? patient)
    {
        if (head.SubjectReference is not { Length: > 0 } reference)
            return head.SubjectIdentifier ?? patient;
        if (reference.StartsWith('#'))
            return ContainedResources.Patient(head.Contained, reference[1..])?.MainKey;
        if (PatientReferences.Conditional(reference) is { } named)
            return named;
        return reference.Contains("Patient/", StringComparison.Ordinal) ? patient ?? new PatientKey(PatientReferences.Unidentified, reference) : null;
    }
}
