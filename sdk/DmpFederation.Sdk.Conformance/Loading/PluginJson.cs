using System.Text.Json;
using System.Text.Json.Serialization;

namespace DmpFederation.Sdk.Conformance;

/// <summary><c>plugin.json</c>, as far as loading needs it. The hub's own reader names more faults at once.</summary>
internal sealed class PluginJson
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    public required string Id { get; set; }

    public string? Name { get; set; }

    public required string Version { get; set; }

    public required string Sdk { get; set; }

    public required string EntryAssembly { get; set; }

    public required string Sha256 { get; set; }

    public Dictionary<string, SettingJson> Settings { get; set; } = [];

    /// <exception cref="PluginRefusedException">It is missing or unusable.</exception>
    public static PluginJson Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "plugin.json"));
            var manifest = JsonSerializer.Deserialize(text, ManifestJson.Default.PluginJson);
            return manifest is not null && manifest.EntryAssembly == Path.GetFileName(manifest.EntryAssembly)
                ? manifest
                : throw new PluginRefusedException(PluginRefusal.Manifest,
                    "plugin.json: entryAssembly must be the name of a .dll in the same folder");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginRefusedException(PluginRefusal.Manifest, "plugin.json is missing or cannot be read");
        }
        catch (JsonException fault)
        {
            throw new PluginRefusedException(PluginRefusal.Manifest, $"plugin.json, {fault.Path ?? "$"}: is not as it should be ({fault.Message})");
        }
    }
}

internal sealed class SettingJson
{
    public required string Type { get; set; }

    public bool Required { get; set; }

    public string? Description { get; set; }

    public string? Default { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(PluginJson))]
internal sealed partial class ManifestJson : JsonSerializerContext;
