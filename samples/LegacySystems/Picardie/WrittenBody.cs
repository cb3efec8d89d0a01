using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

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
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;
        JsonObject? resource;
        try
        {
            resource = await JsonNode.ParseAsync(request.Body, null, Options, request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            throw new FhirFault(400, "structure", "The body is not JSON.");
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new FhirFault(413, "too-long", "The body is too large.");
        }
        if (resource is null || Text(resource["resourceType"]) != type || (id is not null && Text(resource["id"]) is { } stated && stated != id))
            throw new FhirFault(400, "invalid", "The body is not the resource the address names.");
        return resource;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
