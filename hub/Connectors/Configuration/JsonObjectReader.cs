using System.Text.Json;

namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>
/// Reads one JSON object member by member and goes on after a fault, so that an operator sees all of them at once. A deserializer would stop at
/// the first.
/// </summary>
internal sealed class JsonObjectReader
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly ICollection<ConfigurationFault> faults;
    private readonly string place;

    /// <param name="element">The value that should be an object.</param>
    /// <param name="place">Its path; empty for the root.</param>
    /// <param name="known">The keys it may have; any other is a fault. Null when every key is allowed.</param>
    /// <param name="faults">Where faults are added.</param>
    public JsonObjectReader(JsonElement element, string place, IReadOnlyCollection<string>? known, ICollection<ConfigurationFault> faults)
    {
        this.place = place;
        this.faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(null, "must be an object");
            return;
        }
        foreach (var member in element.EnumerateObject())
        {
            if (known is not null && !known.Contains(member.Name))
                Fault(member.Name, $"is an unknown key; known are {string.Join(", ", known)}");
            else if (!members.TryAdd(member.Name, member.Value))
                Fault(member.Name, "is written twice");
        }
    }

    public IEnumerable<KeyValuePair<string, JsonElement>> Members => members;

    public string PlaceOf(string? key) => key is null ? (place.Length == 0 ? "(root)" : place) : place.Length == 0 ? key : $"{place}.{key}";

    public void Fault(string? key, string problem) => faults.Add(new ConfigurationFault(PlaceOf(key), problem));

    public JsonElement? Find(string key) => members.TryGetValue(key, out var value) ? value : null;

    /// <summary>A text that is not blank; null when absent or faulty.</summary>
    public string? Text(string key, bool required = true)
    {
        if (Find(key) is not { } value)
        {
            if (required)
                Fault(key, "is missing");
            return null;
        }
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
            return text;
        Fault(key, "must be a text that is not empty");
        return null;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Find(key) is not { } value)
            return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(key, "must be true or false");
        return fallback;
    }

    public long Integer(string key, long fallback, long least, long most)
    {
        if (Find(key) is not { } value)
            return fallback;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Fault(key, $"must be a whole number from {least} to {most}");
        return fallback;
    }

    /// <summary>The elements of a list with their places; empty when absent or faulty.</summary>
    public IEnumerable<(JsonElement Element, string Place)> List(string key, bool required = false)
    {
        if (Find(key) is not { } value)
        {
            if (required)
                Fault(key, "is missing");
            yield break;
        }
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(key, "must be a list");
            yield break;
        }
        var index = 0;
        foreach (var element in value.EnumerateArray())
            yield return (element, $"{PlaceOf(key)}[{index++}]");
    }

    /// <summary>A list of texts; faulty ones are reported and left out.</summary>
    public IEnumerable<(string Text, string Place)> Texts(string key, bool required = false)
    {
        foreach (var (element, at) in List(key, required))
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text)
                yield return (text, at);
            else
                faults.Add(new ConfigurationFault(at, "must be a text that is not empty"));
        }
    }
}
