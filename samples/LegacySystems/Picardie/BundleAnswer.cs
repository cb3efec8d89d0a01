using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Writes Bundles and OperationOutcomes. Resources go out as they are stored.</summary>
internal sealed class BundleAnswer(HttpContext http, string baseUrl)
{
    public const string MediaType = "application/fhir+json; charset=utf-8";
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task SearchSetAsync(IReadOnlyList<StoredResource> matches, IReadOnlyList<StoredResource> included, string? next)
    {
        await using var json = Begin("searchset", next, matches.Count == 0);
        foreach (var (resource, mode) in matches.Select(match => (match, "match")).Concat(included.Select(include => (include, "include"))))
        {
            json.WriteStartObject();
            json.WriteString("fullUrl", $"{baseUrl}{resource.Type}/{resource.Id}");
            json.WritePropertyName("resource");
            json.WriteRawValue(resource.Json, skipInputValidation: true);
            json.WriteStartObject("search");
            json.WriteString("mode", mode);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        End(json, matches.Count == 0);
    }

    public async Task HistoryAsync(IReadOnlyList<StoredResource> versions, string? next)
    {
        await using var json = Begin("history", next, versions.Count == 0);
        foreach (var version in versions)
        {
            json.WriteStartObject();
            json.WriteString("fullUrl", $"{baseUrl}{version.Type}/{version.Id}");
            if (!version.Deleted)
            {
                json.WritePropertyName("resource");
                json.WriteRawValue(version.Json, skipInputValidation: true);
            }
            json.WriteStartObject("request");
            json.WriteString("method", version.Deleted ? "DELETE" : version.Version == 1 ? "POST" : "PUT");
            json.WriteString("url", version.Version == 1 ? version.Type : $"{version.Type}/{version.Id}");
            json.WriteEndObject();
            json.WriteStartObject("response");
            json.WriteString("status", version.Deleted ? "204" : version.Version == 1 ? "201" : "200");
            json.WriteString("etag", string.Create(CultureInfo.InvariantCulture, $"W/\"{version.Version}\""));
            json.WriteString("lastModified", FhirJson.Instant(version.Updated));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        End(json, versions.Count == 0);
    }

    public async Task OutcomeAsync(int status, string severity, string code, string diagnostics)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaType;
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        json.WriteStartObject();
        json.WriteString("resourceType", "OperationOutcome");
        json.WriteStartArray("issue");
        json.WriteStartObject();
        json.WriteString("severity", severity);
        json.WriteString("code", code);
        json.WriteString("diagnostics", diagnostics);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public async Task ResourceAsync(StoredResource resource, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaType;
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"{resource.Version}\"");
        http.Response.Headers.LastModified = resource.Updated.ToString("R", CultureInfo.InvariantCulture);
        await http.Response.BodyWriter.WriteAsync(resource.Json, http.RequestAborted);
    }

    /// <summary>FHIR has no empty lists: without entries the property is left out.</summary>
    private Utf8JsonWriter Begin(string type, string? next, bool empty)
    {
        http.Response.ContentType = MediaType;
        var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", type);
        if (next is not null)
        {
            json.WriteStartArray("link");
            json.WriteStartObject();
            json.WriteString("relation", "next");
            json.WriteString("url", next);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (!empty)
            json.WriteStartArray("entry");
        return json;
    }

    private static void End(Utf8JsonWriter json, bool empty)
    {
        if (!empty)
            json.WriteEndArray();
        json.WriteEndObject();
    }
}
