using System.Globalization;
using System.Text.Json;
using DmpFederation.Hub.Connectors.Configuration;

namespace DmpFederation.Hub.Cli.Consents;

/// <summary>The values of a consent register: words in capitals, moments with their zone, ids without spaces.</summary>
internal static class RegisterWords
{
    public const int LongestId = 200;
    private const int LongestText = 2_000;

    /// <summary>A word of a list, written as on the wire: <c>DOCUMENT_TYPE</c>.</summary>
    public static T Read<T>(JsonObjectReader reader, string key)
        where T : struct, Enum
    {
        if (reader.Text(key) is not { } text)
            return default;
        if (Words<T>.All.TryGetValue(text, out var value))
            return value;
        reader.Fault(key, $"must be one of {string.Join(", ", Words<T>.All.Keys)}");
        return default;
    }

    /// <summary>ISO 8601 with its zone, to the millisecond, as it is kept; null when absent or faulty.</summary>
    public static DateTimeOffset? Moment(JsonObjectReader reader, string key, bool required = true)
    {
        if (reader.Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
                reader.Fault(key, "is missing");
            return null;
        }
        // Without a zone the machine's own would be taken.
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 20 } text && text[10] == 'T'
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
        reader.Fault(key, "must be a moment with its zone, such as 2026-01-01T00:00:00Z");
        return null;
    }

    /// <summary>An identifier of a professional, structure, profession, source or entry; empty when faulty.</summary>
    public static string Id(JsonObjectReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
            return "";
        if (!IsId(text))
            reader.Fault(key, WrongId);
        return text;
    }

    public static string Id(string text, string place, ICollection<ConfigurationFault> faults)
    {
        if (!IsId(text))
            faults.Add(new ConfigurationFault(place, WrongId));
        return text;
    }

    public static string? FreeText(JsonObjectReader reader, string key)
    {
        if (reader.Find(key) is not { } value || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestText } text)
            return text;
        reader.Fault(key, $"must be a text of 1 to {LongestText} characters, or null");
        return null;
    }

    private static string WrongId => $"must be an identifier of at most {LongestId} characters, without spaces or control characters";

    private static bool IsId(string text) => text.Length <= LongestId && !text.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> All =
            Enum.GetValues<T>().ToDictionary(static value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()), StringComparer.Ordinal);
    }
}
