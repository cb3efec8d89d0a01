using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>
/// Loads FHIR files of others: Bundles of every type, single resources. Resources without an id get one; references inside a Bundle
/// (<c>urn:uuid</c>, absolute) become references of this server; a patient named only by identifier is made.
/// </summary>
internal sealed class BundleLoader(PicardieStore store, TimeProvider clock)
{
    public void LoadFolder(string folder)
    {
        using var bulk = store.BeginBulk();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            Load(File.ReadAllBytes(file));
    }

    /// <summary>Loads one file; how many resources were stored. Nothing for what is no FHIR resource in JSON.</summary>
    public int Load(byte[] content)
    {
        if (Parsed(content) is not { } root)
            return 0;
        var entries = (string?)root["resourceType"] == "Bundle"
            ? (root["entry"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(entry => (Url: (string?)entry["fullUrl"], Resource: entry["resource"] as JsonObject))
            : [(Url: (string?)null, Resource: root)];
        var resources = entries
            .Where(entry => entry.Resource is not null && (string?)entry.Resource["resourceType"] is { Length: > 0 })
            .Select(entry => (entry.Url, Resource: (JsonObject)entry.Resource!.DeepClone()))
            .ToList();
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var moment = clock.GetUtcNow();
        for (var index = 0; index < resources.Count; index++)
        {
            var (url, resource) = resources[index];
            var type = (string)resource["resourceType"]!;
            var id = Id(resource, url, taken, type, index, content);
            if (url is { Length: > 0 })
                renamed.TryAdd(url, $"{type}/{id}");
            resource["id"] = id;
        }
        foreach (var (_, resource) in resources)
        {
            Rename(resource, renamed, moment);
            store.Put((string)resource["resourceType"]!, (string)resource["id"]!, resource, moment);
        }
        return resources.Count;
    }

    private static JsonObject? Parsed(byte[] content)
    {
        try
        {
            var text = content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsSpan(3) : content;
            return JsonNode.Parse(text) is JsonObject root && root.ContainsKey("resourceType") ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Id(JsonObject resource, string? url, HashSet<string> taken, string type, int index, byte[] content)
    {
        var last = url is null ? null : url[(url.LastIndexOfAny([':', '/']) + 1)..];
        foreach (var candidate in (string?[])[(string?)resource["id"], last])
        {
            if (candidate is not null && IsId(candidate) && taken.Add(type + "/" + candidate))
                return candidate;
        }
        var made = Digest(Convert.ToHexString(SHA256.HashData(content)) + type + index);
        taken.Add(type + "/" + made);
        return made;
    }

    private void Rename(JsonNode node, Dictionary<string, string> renamed, DateTimeOffset moment)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    if (item is not null)
                        Rename(item, renamed, moment);
                }
                break;
            case JsonObject parent:
                foreach (var (name, child) in parent.ToList())
                {
                    if (name is "reference" or "url" && child is JsonValue value && value.TryGetValue<string>(out var text))
                        parent[name] = Renamed(text, renamed, moment);
                    else if (child is JsonObject or JsonArray)
                        Rename(child, renamed, moment);
                }
                break;
        }
    }

    private string Renamed(string reference, Dictionary<string, string> renamed, DateTimeOffset moment)
    {
        if (renamed.TryGetValue(reference, out var target))
            return target;
        const string conditional = "Patient?identifier=";
        if (!reference.StartsWith(conditional, StringComparison.Ordinal) || reference.IndexOf('|', StringComparison.Ordinal) is var bar && bar < 0)
            return reference;
        var (system, value) = (reference[conditional.Length..bar], reference[(bar + 1)..]);
        var id = Digest(system + "|" + value);
        if (renamed.TryAdd(reference, "Patient/" + id))
            store.Put(
                "Patient",
                id,
                new JsonObject { ["resourceType"] = "Patient", ["identifier"] = FhirJson.Identifiers([(system, value)]) },
                moment);
        return "Patient/" + id;
    }

    private static bool IsId(string text) =>
        text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');

    /// <summary>The same text gives the same id, so that loading a folder again makes versions and not doubles.</summary>
    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
