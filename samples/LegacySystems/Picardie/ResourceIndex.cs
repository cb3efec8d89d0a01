using System.Globalization;
using System.Text.Json;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>A searchable token: parameter, system, code.</summary>
internal readonly record struct IndexToken(string Parameter, string System, string Code);

/// <summary>What one resource can be searched by.</summary>
internal sealed class ResourceIndex
{
    private static readonly (string Property, string Parameter)[] Concepts =
    [
        ("code", "code"), ("vaccineCode", "vaccine-code"), ("medicationCodeableConcept", "code"), ("category", "category"), ("type", "type"),
        ("clinicalStatus", "clinical-status"), ("verificationStatus", "verification-status"),
    ];

    private static readonly string[] Dates =
    [
        "effectiveDateTime", "effectivePeriod", "effectiveInstant", "whenHandedOver", "authoredOn", "onsetDateTime", "onsetPeriod",
        "occurrenceDateTime", "performedDateTime", "performedPeriod", "period", "started", "date", "recordedDate", "created", "issued",
    ];

    public string? Patient { get; private set; }

    /// <summary>Milliseconds of the first and last moment the clinical date can mean. Null when undated.</summary>
    public long? From { get; private set; }

    public long? To { get; private set; }

    public List<IndexToken> Tokens { get; } = [];

    public static ResourceIndex Of(string type, string id, JsonElement resource)
    {
        var index = new ResourceIndex { Patient = type == "Patient" ? id : PatientOf(resource) };
        foreach (var name in (string[])["identifier", "masterIdentifier"])
        {
            foreach (var identifier in Each(resource, name))
                index.Add("identifier", Text(identifier, "system"), Text(identifier, "value"));
        }
        foreach (var (property, parameter) in Concepts)
        {
            foreach (var coding in Each(resource, property).SelectMany(concept => Each(concept, "coding")))
                index.Add(parameter, Text(coding, "system"), Text(coding, "code"));
        }
        index.Add("status", null, Text(resource, "status"));
        index.ReadDate(resource);
        return index;
    }

    /// <summary>First and last millisecond a FHIR date can mean.</summary>
    public static (long From, long To)? Interval(string date)
    {
        var formats = date.Length switch { 4 => "yyyy", 7 => "yyyy-MM", 10 => "yyyy-MM-dd", _ => null };
        if (formats is null)
            return DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? (instant.ToUnixTimeMilliseconds(), instant.ToUnixTimeMilliseconds())
                : null;
        if (!DateTimeOffset.TryParseExact(date, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
            return null;
        var end = date.Length switch { 4 => start.AddYears(1), 7 => start.AddMonths(1), _ => start.AddDays(1) };
        return (start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds() - 1);
    }

    private static string? PatientOf(JsonElement resource)
    {
        foreach (var name in (string[])["subject", "patient", "beneficiary", "for", "individual"])
        {
            if (resource.TryGetProperty(name, out var reference) && Text(reference, "reference") is { } text
                && text.StartsWith("Patient/", StringComparison.Ordinal))
                return text["Patient/".Length..];
        }
        return null;
    }

    private void ReadDate(JsonElement resource)
    {
        foreach (var name in Dates)
        {
            if (!resource.TryGetProperty(name, out var date))
                continue;
            var (start, end) = date.ValueKind == JsonValueKind.String
                ? (date.GetString(), date.GetString())
                : (Text(date, "start"), Text(date, "end"));
            if (start is not null && Interval(start) is { } first)
            {
                From = first.From;
                To = end is not null && Interval(end) is { } last ? last.To : first.To;
                return;
            }
        }
    }

    private void Add(string parameter, string? system, string? code)
    {
        if (code is { Length: > 0 })
            Tokens.Add(new IndexToken(parameter, system ?? "", code));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The elements of a list, or the lone value of a property that does not repeat.</summary>
    private static IEnumerable<JsonElement> Each(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object => [value],
            _ => [],
        };
    }
}
