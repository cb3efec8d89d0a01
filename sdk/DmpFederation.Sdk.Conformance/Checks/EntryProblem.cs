using System.Text.Json;

namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>Whether an entry keeps the promises of its type.</summary>
internal static class EntryProblem
{
    /// <summary>The broken promise, or null.</summary>
    public static string? Of(DossierEntry entry)
    {
        if (string.IsNullOrEmpty(entry.LocalId))
            return "an entry has no local id";
        return Of(entry, entry.LocalId) is { } problem ? $"entry {entry.LocalId} {problem}" : null;
    }

    private static string? Of(DossierEntry entry, string localId)
    {
        if (string.IsNullOrEmpty(entry.FiledUnder.System) || string.IsNullOrEmpty(entry.FiledUnder.Value))
            return "is filed under no patient";
        if (string.IsNullOrEmpty(entry.Title))
            return "has no title";
        if (!Enum.IsDefined(entry.Category))
            return "has an unknown category";
        if (HasNull(entry.Codings) || HasNull(entry.Confidentiality) || entry.Identifiers is null)
            return "has a null in a list";
        if (entry.Identifiers.Any(identifier => identifier.System is null || string.IsNullOrEmpty(identifier.Value)))
            return "has an empty identifier";
        if (entry.Code is { } code && !entry.Codings.Contains(code))
            return "has a main code that is not among its codings";
        return ResourceProblem(entry, localId);
    }

    private static string? ResourceProblem(DossierEntry entry, string localId)
    {
        if (entry.Resource.Span.StartsWith("\uFEFF"u8))
            return "has a resource that starts with a byte order mark";
        try
        {
            using var resource = JsonDocument.Parse(entry.Resource);
            if (resource.RootElement.ValueKind != JsonValueKind.Object)
                return "has a resource that is no JSON object";
            var category = DossierEntry.FromJson(entry.Resource, new EntryContext(entry.FiledUnder, localId)).Category;
            return category == entry.Category ? null : $"is filed as {entry.Category}, its resource is {category}";
        }
        catch (JsonException)
        {
            return "has a resource that is not JSON";
        }
        catch (EntryFormatException fault)
        {
            return $"has a resource that is not FHIR ({fault.Code})";
        }
    }

    private static bool HasNull<T>(IReadOnlyList<T>? list)
        where T : class => list is null || list.Any(one => one is null);
}
