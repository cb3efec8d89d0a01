using System.Globalization;
using System.Text.Json;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>
/// Where two resources whose bytes differ mean something else: JSON pointers (RFC 6901), properties by name in whatever order, elements of a list by
/// place. Numbers are compared as written: FHIR gives the trailing zero of <c>7.20</c> a meaning. Pure.
/// </summary>
internal static class ResourceDiff
{
    private const int MostPaths = 50;

    /// <summary>One field or more: <c>resource:/path</c>, or <c>resource</c> alone when only the writing differs or a side is no JSON.</summary>
    public static IReadOnlyList<string> Between(ReadOnlyMemory<byte> legacy, ReadOnlyMemory<byte> national)
    {
        try
        {
            using var one = JsonDocument.Parse(legacy);
            using var other = JsonDocument.Parse(national);
            var paths = new List<string>();
            Compare(one.RootElement, other.RootElement, "", paths);
            return paths.Count > 0 ? paths : [DiffFields.Resource];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Bytes that are no JSON, or escape half a character, have no paths; that they differ is all that can be said, and it is said.
            return [DiffFields.Resource];
        }
    }

    private static void Compare(JsonElement one, JsonElement other, string path, List<string> paths)
    {
        if (paths.Count >= MostPaths)
            return;
        if (one.ValueKind != other.ValueKind)
            Add(path, paths);
        else if (one.ValueKind == JsonValueKind.Object)
            CompareObjects(one, other, path, paths);
        else if (one.ValueKind == JsonValueKind.Array)
            CompareLists(one, other, path, paths);
        else if (one.ValueKind == JsonValueKind.String ? one.GetString() != other.GetString() : one.GetRawText() != other.GetRawText())
            Add(path, paths);
    }

    private static void CompareObjects(JsonElement one, JsonElement other, string path, List<string> paths)
    {
        var left = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in other.EnumerateObject())
        {
            // A name that comes twice: which of them counts is the reader's guess.
            if (!left.TryAdd(property.Name, property.Value))
                Add(Below(path, property.Name), paths);
        }
        foreach (var property in one.EnumerateObject())
        {
            if (left.Remove(property.Name, out var there))
                Compare(property.Value, there, Below(path, property.Name), paths);
            else
                Add(Below(path, property.Name), paths);
        }
        foreach (var name in left.Keys)
            Add(Below(path, name), paths);
    }

    private static void CompareLists(JsonElement one, JsonElement other, string path, List<string> paths)
    {
        var (length, there) = (one.GetArrayLength(), other.GetArrayLength());
        for (var at = 0; at < Math.Min(length, there); at++)
            Compare(one[at], other[at], Below(path, at), paths);
        for (var at = Math.Min(length, there); at < Math.Max(length, there); at++)
            Add(Below(path, at), paths);
    }

    private static void Add(string path, List<string> paths)
    {
        if (paths.Count < MostPaths)
            paths.Add($"{DiffFields.Resource}:{(path.Length == 0 ? "/" : path)}");
    }

    private static string Below(string path, int at) => string.Create(CultureInfo.InvariantCulture, $"{path}/{at}");

    /// <summary>A name that is no FHIR element's is not repeated: whoever writes one may have put anything there.</summary>
    private static string Below(string path, string name) =>
        name.Length is > 0 and <= 64 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') ? $"{path}/{name}" : $"{path}/*";
}
