using System.Text.Json;
using System.Text.Unicode;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Why an entry is not believed.</summary>
/// <param name="Code">Code of the unreadable item it becomes.</param>
/// <param name="Broken">The broken promise, as the end of a sentence about the entry.</param>
internal sealed record EntryProblem(string Code, string Broken);

/// <summary>Whether an entry keeps the promises of its type: nullable annotations bind no plug-in, and the hub relies on them further on.</summary>
internal static class EntryCheck
{
    private static readonly EntryProblem NoLocalId = Hollow("has no local id");
    private static readonly EntryProblem NoPatient = Hollow("is filed under no patient");
    private static readonly EntryProblem NoResource = Hollow("has no resource");
    private static readonly EntryProblem NoTitle = Hollow("has no title");
    private static readonly EntryProblem UnknownCategory = Hollow("has an unknown category");
    private static readonly EntryProblem NullInList = Hollow("has a null in a list");
    private static readonly EntryProblem EmptyIdentifier = Hollow("has an empty identifier");
    private static readonly EntryProblem NotJson = new(CallReasons.EntryNotJson, "has a resource that is not one well-formed JSON object in UTF-8");

    /// <summary>The broken promise, or null.</summary>
    public static EntryProblem? Problem(DossierEntry entry)
    {
        if (string.IsNullOrEmpty(entry.LocalId))
            return NoLocalId;
        if (!IsKey(entry.FiledUnder))
            return NoPatient;
        if (entry.Resource.IsEmpty)
            return NoResource;
        if (string.IsNullOrEmpty(entry.Title))
            return NoTitle;
        if (entry.Category is < EntryCategory.Medication or > EntryCategory.Other)
            return UnknownCategory;
        if (HasNull(entry.Codings) || HasNull(entry.Confidentiality))
            return NullInList;
        if (entry.Identifiers is null)
            return NullInList;
        for (var at = 0; at < entry.Identifiers.Count; at++)
        {
            var identifier = entry.Identifiers[at];
            if (identifier.System is null || string.IsNullOrEmpty(identifier.Value))
                return EmptyIdentifier;
        }

        // The bytes go into answers as they are: one broken resource would break the whole dossier. What the SDK read through itself is good.
        return entry.ResourceWasRead || IsObject(entry.Resource.Span) ? null : NotJson;
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

    private static bool IsObject(ReadOnlySpan<byte> resource)
    {
        if (!Utf8.IsValid(resource))
            return false;
        var json = new Utf8JsonReader(resource);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read())
            {
                // To the end: only whether it holds together is asked.
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static EntryProblem Hollow(string broken) => new(CallReasons.EntryHollow, broken);
}
