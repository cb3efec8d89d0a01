using System.Text.Json;
using System.Text.Json.Nodes;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Reads the resource a client sends.</summary>
internal static class WrittenBody
{
    /// <summary>Largest resource taken, a document with its pages inside included.</summary>
    private const long MostBytes = 8 << 20;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <param name="request">The request.</param>
    /// <param name="type">Type of the address.</param>
    /// <param name="id">Id of the address; null where the server gives one.</param>
    /// <exception cref="FhirFault">It is not the resource the address names.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, string type, string? id)
    {
        if (request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            throw new FhirFault(415, "not-supported", "The body must be application/fhir+json.");
        JsonObject? resource;
        try
        {
            resource = JsonNode.Parse(await BytesAsync(request), null, Options) as JsonObject;
        }
        catch (JsonException)
        {
            throw new FhirFault(400, "structure", "The body is not JSON.");
        }
        if (resource is null || Text(resource["resourceType"]) != type || (id is not null && Text(resource["id"]) is { } stated && stated != id))
            throw new FhirFault(400, "invalid", "The body is not the resource the address names.");
        return resource;
    }

    /// <summary>Reads a body that is too large to its end all the same: a client that is still sending would not hear why it is refused.</summary>
    private static async Task<byte[]> BytesAsync(HttpRequest request)
    {
        var gone = request.HttpContext.RequestAborted;
        using var kept = new MemoryStream();
        var piece = new byte[64 << 10];
        for (int read; (read = await request.Body.ReadAsync(piece, gone)) > 0;)
        {
            if (kept.Length + read > MostBytes)
            {
                await request.Body.CopyToAsync(Stream.Null, gone);
                throw new FhirFault(413, "too-long", "The body is too large.");
            }
            kept.Write(piece, 0, read);
        }
        return kept.ToArray();
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
