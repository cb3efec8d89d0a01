using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Whether an entry keeps the promises of its type: nullable annotations bind no plug-in, and the hub relies on them further on.</summary>
internal static class EntryCheck
{
    /// <summary>The broken promise, or null.</summary>
    public static string? Problem(DossierEntry entry)
    {
        if (string.IsNullOrEmpty(entry.LocalId))
            return "has no local id";
        if (!IsKey(entry.FiledUnder))
            return "is filed under no patient";
        if (entry.Resource.IsEmpty)
            return "has no resource";
        if (string.IsNullOrEmpty(entry.Title))
            return "has no title";
        if (entry.Category is < EntryCategory.Medication or > EntryCategory.Other)
            return "has an unknown category";
        if (HasNull(entry.Codings) || HasNull(entry.Confidentiality))
            return "has a null in a list";
        if (entry.Identifiers is null)
            return "has a null in a list";
        for (var at = 0; at < entry.Identifiers.Count; at++)
        {
            var identifier = entry.Identifiers[at];
            if (identifier.System is null || string.IsNullOrEmpty(identifier.Value))
                return "has an empty identifier";
        }
        return null;
    }

    public static bool IsKey(PatientKey key) => !string.IsNullOrEmpty(key.System) && !string.IsNullOrEmpty(key.Value);

    private static bool HasNull<T>(IReadOnlyList<T>? list)
        where T : class
    {
        if (list is null)
            return true;
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is null)
                return true;
        }
        return false;
    }
}
