using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>A search of one type: its parameters, and how far its pages have come.</summary>
internal sealed record SearchQuery(
    string Type, IReadOnlyList<KeyValuePair<string, string>> Filters, int Count, bool IncludesMedication, long After, long UpTo)
{
    public const int DefaultCount = 50;
    public const int LargestCount = 1000;

    /// <summary>Accepted and without effect: a server may return more elements than asked for.</summary>
    private static readonly HashSet<string> Shaping = ["_elements", "_summary", "_format", "_pretty", "_sort", "_total"];

    /// <exception cref="FhirFault">A parameter is unknown or unusable: answering as if it were not there would answer another question.</exception>
    public static SearchQuery Parse(string type, IEnumerable<KeyValuePair<string, string>> parameters, long upTo)
    {
        var filters = new List<KeyValuePair<string, string>>();
        var count = DefaultCount;
        var medication = false;
        foreach (var (name, value) in parameters)
        {
            if (name == "_count")
                count = Counted(value);
            else if (name == "_include")
                medication |= value is "MedicationRequest:medication" or "MedicationDispense:medication" or "MedicationStatement:medication";
            else if (SearchFilters.Knows(name))
                filters.Add(new(name, value));
            else if (!Shaping.Contains(name))
                throw new FhirFault(400, "not-supported", "A search parameter is not supported; see the CapabilityStatement.");
        }
        return new SearchQuery(type, filters, count, medication, 0, upTo);
    }

    public static int Counted(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, LargestCount)
            : throw new FhirFault(400, "invalid", "_count must be a positive whole number.");

    /// <summary>The query as an opaque page token. It carries the filters, so a page can be asked for after a restart.</summary>
    public string Token()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("t", Type);
            json.WriteNumber("c", Count);
            json.WriteBoolean("m", IncludesMedication);
            json.WriteNumber("a", After);
            json.WriteNumber("u", UpTo);
            json.WriteStartArray("f");
            foreach (var (name, value) in Filters)
            {
                json.WriteStringValue(name);
                json.WriteStringValue(value);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Convert.ToBase64String(stream.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <exception cref="FhirFault">Not a token of this server.</exception>
    public static SearchQuery FromToken(string type, string token)
    {
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (token.Length % 4)) % 4);
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            var root = document.RootElement;
            var words = root.GetProperty("f").EnumerateArray().Select(word => word.GetString()!).ToList();
            if (root.GetProperty("t").GetString() == type)
                return new SearchQuery(
                    type,
                    [.. words.Chunk(2).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
                    root.GetProperty("c").GetInt32(),
                    root.GetProperty("m").GetBoolean(),
                    root.GetProperty("a").GetInt64(),
                    root.GetProperty("u").GetInt64());
        }
        catch (Exception broken) when (broken is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FhirFault(410, "not-found", "The page is not known any more.");
        }
        throw new FhirFault(410, "not-found", "The page is not known any more.");
    }
}
