using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Deposits;

/// <summary>
/// A resource as it is kept: what was sent, with its name, its labels and the time of its keeping written where FHIR has a place for them, so that
/// whoever reads it, here or at a legacy system, needs nothing beside it. Nothing that was sent is changed.
/// </summary>
internal static class KeptResource
{
    private const string Document = "DocumentReference";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The resource to keep, or what to mend.</summary>
    /// <param name="sent">A resource that was found to be FHIR R4.</param>
    /// <param name="uniqueId">Its name.</param>
    /// <param name="missing">Labels it does not bear itself.</param>
    /// <param name="receivedAt">When it is kept.</param>
    public static (byte[]? Resource, DepositFault? Fault) Of(
        ReadOnlyMemory<byte> sent, string uniqueId, IEnumerable<string> missing, DateTimeOffset receivedAt)
    {
        JsonObject resource;
        try
        {
            resource = JsonNode.Parse(sent.Span, null, Strict)!.AsObject();
        }
        catch (JsonException)
        {
            // Its message may quote the bytes.
            return (null, DepositFault.Bad("NOT_JSON", "'fhir' must be one JSON object without a property written twice."));
        }
        if (!Name(resource, uniqueId))
        {
            return (null, DepositFault.Bad(
                "UNIQUE_ID_DIFFERS", "DocumentReference.masterIdentifier must be 'uniqueId' in the system urn:ietf:rfc:3986, or be left out."));
        }
        var isDocument = (string?)resource["resourceType"] == Document;
        foreach (var label in missing)
            Label(resource, isDocument, new JsonObject { ["system"] = ConfidentialitySystems.TreA07, ["code"] = label });
        Meta(resource)["lastUpdated"] = receivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return (JsonSerializer.SerializeToUtf8Bytes(resource), null);
    }

    /// <summary>A document's resource with its content inside, as it is handed on to who has no other way to get it.</summary>
    public static byte[] With(ReadOnlyMemory<byte> resource, DepositContent content)
    {
        var document = JsonNode.Parse(resource.Span)!.AsObject();
        if (document["content"] is not JsonArray { Count: > 0 } contents)
            document["content"] = contents = [new JsonObject()];
        var first = contents[0]!.AsObject();
        if (first["attachment"] is not JsonObject attachment)
            first["attachment"] = attachment = [];
        attachment["contentType"] = content.ContentType;
        attachment["data"] = Convert.ToBase64String(content.Bytes.Span);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    /// <summary>False when a document has another name already.</summary>
    private static bool Name(JsonObject resource, string uniqueId)
    {
        var name = new JsonObject { ["system"] = UniqueId.System, ["value"] = uniqueId };
        if ((string?)resource["resourceType"] == Document)
        {
            if (resource["masterIdentifier"] is { } master)
                return IsName(master, uniqueId);
            resource["masterIdentifier"] = name;
            return true;
        }
        if (resource["identifier"] is not JsonArray identifiers)
            resource["identifier"] = identifiers = [];
        if (!identifiers.Any(identifier => IsName(identifier, uniqueId)))
            identifiers.Add((JsonNode)name);
        return true;
    }

    private static bool IsName(JsonNode? identifier, string uniqueId) =>
        identifier is JsonObject one && (string?)one["system"] == UniqueId.System && (string?)one["value"] == uniqueId;

    private static void Label(JsonObject resource, bool isDocument, JsonObject coding)
    {
        if (isDocument)
            Items(resource, "securityLabel").Add((JsonNode)new JsonObject { ["coding"] = new JsonArray(coding) });
        else
            Items(Meta(resource), "security").Add((JsonNode)coding);
    }

    private static JsonObject Meta(JsonObject resource)
    {
        if (resource["meta"] is not JsonObject meta)
            resource["meta"] = meta = [];
        return meta;
    }

    private static JsonArray Items(JsonObject parent, string name)
    {
        if (parent[name] is not JsonArray items)
            parent[name] = items = [];
        return items;
    }
}
