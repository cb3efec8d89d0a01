using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// A fact as it is sent to a server that never saw it: filed under that server's own Patient, with the marks of the write, and without what means
/// something else there (the id and version of another server, relative references to its resources).
/// </summary>
internal static class WrittenResource
{
    /// <summary>Types of facts that are written, and the property that names the patient.</summary>
    private static readonly Dictionary<string, string> PatientProperties = new(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = "patient",
        ["CarePlan"] = "subject",
        ["Condition"] = "subject",
        ["DiagnosticReport"] = "subject",
        ["DocumentReference"] = "subject",
        ["Encounter"] = "subject",
        ["ImagingStudy"] = "subject",
        ["Immunization"] = "patient",
        ["MedicationDispense"] = "subject",
        ["MedicationRequest"] = "subject",
        ["MedicationStatement"] = "subject",
        ["Observation"] = "subject",
        ["Procedure"] = "subject",
    };

    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256, AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    public static bool IsOfTypeWritten(string type) => PatientProperties.ContainsKey(type);

    /// <exception cref="SourceFaultException">The fact cannot be sent as it is.</exception>
    public static byte[] Of(DossierEntry entry, string type, string patientId, WriteMarks marks)
    {
        var resource = Parsed(entry.Resource);
        if (type == "DocumentReference")
            KeepContentInside(resource);
        DropReferences(resource);
        resource.Remove("id");
        resource["meta"] = Meta(resource["meta"] as JsonObject ?? [], marks);
        AddIdentifiers(resource, type, marks);
        resource[PatientProperties[type]] = new JsonObject { ["reference"] = "Patient/" + patientId };
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
            resource.WriteTo(json);
        return bytes.ToArray();
    }

    private static JsonObject Parsed(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonNode.Parse(bytes.Span, nodeOptions: null, Reading) as JsonObject ?? throw Refused(FhirFaultCodes.NotAResource);
        }
        catch (JsonException)
        {
            throw Refused(FhirFaultCodes.NotAResource);
        }
    }

    private static JsonObject Meta(JsonObject meta, WriteMarks marks)
    {
        meta.Remove("versionId");
        meta.Remove("lastUpdated");
        var digest = new JsonObject { ["system"] = WriteMarks.DigestSystem, ["code"] = marks.Digest };
        if (meta["tag"] is JsonArray tags)
            tags.Add((JsonNode)digest);
        else
            meta["tag"] = new JsonArray(digest);
        return meta.Parent is null ? meta : (JsonObject)meta.DeepClone();
    }

    private static void AddIdentifiers(JsonObject resource, string type, WriteMarks marks)
    {
        var identifiers = resource["identifier"] as JsonArray;
        if (identifiers is null)
            resource["identifier"] = identifiers = [];
        // The uniqueId of a document is its masterIdentifier (PDSm, IHE MHD).
        if (type == "DocumentReference" && resource["masterIdentifier"] is null)
            resource["masterIdentifier"] = Identifier(marks.LocalId);
        else if (!Has(resource["masterIdentifier"], marks.LocalId) && !identifiers.Any(each => Has(each, marks.LocalId)))
            identifiers.Add((JsonNode)Identifier(marks.LocalId));
        if (marks.Key is { } key)
            identifiers.Add((JsonNode)Identifier(key));
        if (identifiers.Count == 0)
            resource.Remove("identifier");
    }

    private static JsonObject Identifier(BusinessIdentifier identifier) =>
        new() { ["system"] = identifier.System, ["value"] = identifier.Value };

    private static bool Has(JsonNode? node, BusinessIdentifier identifier) =>
        node is JsonObject && Text(node, "system") == identifier.System && Text(node, "value") == identifier.Value;

    /// <summary>
    /// Takes relative references away (<c>Practitioner/7</c> is somebody else on another server); what they say besides, identifier and label, stays.
    /// </summary>
    private static void DropReferences(JsonNode node)
    {
        if (node is JsonArray list)
        {
            for (var at = list.Count - 1; at >= 0; at--)
            {
                if (list[at] is JsonObject or JsonArray && Emptied(list[at]!))
                    list.RemoveAt(at);
            }
        }
        else if (node is JsonObject parent)
        {
            foreach (var (name, child) in parent.ToList())
            {
                if (name == "reference" && child is JsonValue && Text(parent, name) is { } reference && IsRelative(reference))
                    parent.Remove(name);
                else if (child is JsonObject or JsonArray && Emptied(child))
                    parent.Remove(name);
            }
        }
    }

    private static bool Emptied(JsonNode node)
    {
        DropReferences(node);
        return node is JsonObject { Count: 0 } or JsonArray { Count: 0 };
    }

    private static bool IsRelative(string reference) => !reference.StartsWith('#') && !reference.Contains(':', StringComparison.Ordinal);

    /// <summary>
    /// Content must be in the document: a relative address means another thing on another server, and no server is sent to a third. An address beside
    /// the content is left out.
    /// </summary>
    private static void KeepContentInside(JsonObject document)
    {
        foreach (var attachment in (document["content"] as JsonArray ?? []).Select(content => (content as JsonObject)?["attachment"] as JsonObject))
        {
            if (attachment?.Remove("url") == true && attachment["data"] is null)
                throw Refused(FhirFaultCodes.ContentElsewhere);
        }
    }

    private static string? Text(JsonNode node, string name) =>
        node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static SourceFaultException Refused(string code) => new(code) { IsFinal = true };
}
