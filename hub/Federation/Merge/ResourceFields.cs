using System.Globalization;
using System.Text.Json;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// The few fields of a resource that the envelope does not carry and the merger needs, each read in one forward pass. Bytes that are not
/// JSON have none of them: a merge never fails because of one entry.
/// </summary>
internal static class ResourceFields
{
    /// <summary>Resource type as written; empty when there is none.</summary>
    public static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> resource)
    {
        // Nearly every writer puts it first and without spaces.
        var first = "{\"resourceType\":\""u8;
        if (resource.StartsWith(first))
        {
            var rest = resource[first.Length..];
            var end = rest.IndexOf((byte)'"');
            return end > 0 ? rest[..end] : default;
        }
        try
        {
            var reader = new Utf8JsonReader(resource);
            return Find(ref reader, "resourceType"u8) && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
                ? reader.ValueSpan : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary><c>period.end</c>; null when not stated to the day.</summary>
    public static string? PeriodEndDay(ReadOnlySpan<byte> resource)
    {
        try
        {
            var reader = new Utf8JsonReader(resource);
            return Find(ref reader, "period"u8) && FindWithin(ref reader, "end"u8) && reader.TokenType == JsonTokenType.String
                && reader.GetString() is { Length: >= 10 } end ? end : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every <c>content.attachment.hash</c> in order; null when there is none.</summary>
    public static string? ContentHash(ReadOnlySpan<byte> resource) => Gather(resource, "content"u8, static (element, found) =>
    {
        if (element.TryGetProperty("attachment", out var attachment) && attachment.TryGetProperty("hash", out var hash))
            found.Add(hash.ToString());
    });

    /// <summary>Code and number of every component, ordered; null when there is none.</summary>
    public static string? Components(ReadOnlySpan<byte> resource) => Gather(resource, "component"u8, static (element, found) =>
    {
        var code = element.TryGetProperty("code", out var concept) && concept.TryGetProperty("coding", out var codings)
            && codings.GetArrayLength() > 0
            && codings[0].TryGetProperty("code", out var first) ? first.ToString() : "";
        var number = element.TryGetProperty("valueQuantity", out var quantity) && quantity.TryGetProperty("value", out var value)
            && value.TryGetDecimal(out var read) ? read.ToString("0.############", CultureInfo.InvariantCulture) : "";
        found.Add($"{code}={number}");
    });

    private static string? Gather(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> list, Action<JsonElement, List<string>> read)
    {
        try
        {
            var reader = new Utf8JsonReader(resource);
            if (!Find(ref reader, list) || reader.TokenType != JsonTokenType.StartArray)
                return null;
            using var document = JsonDocument.ParseValue(ref reader);
            var found = new List<string>();
            foreach (var element in document.RootElement.EnumerateArray())
                read(element, found);
            found.Sort(StringComparer.Ordinal);
            return found.Count == 0 ? null : string.Join('|', found);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not JSON, or an element of another type than R4 gives it: the fact states no such field.
            return null;
        }
    }

    /// <summary>Moves to the value of a property of the outermost object.</summary>
    private static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.Read() && FindWithin(ref reader, name);

    /// <summary>Moves to the value of a property of the object the reader stands on.</summary>
    private static bool FindWithin(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            if (!reader.Read())
                return false;
            if (found)
                return true;
            reader.Skip();
        }
        return false;
    }
}
