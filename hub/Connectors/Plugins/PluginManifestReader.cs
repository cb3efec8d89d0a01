using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using DmpFederation.Hub.Connectors.Configuration;
using NuGet.Versioning;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>Reads <c>plugin.json</c>. Loads no code.</summary>
internal static class PluginManifestReader
{
    public static IReadOnlyList<string> ManifestKeys { get; } =
        ["$schema", "id", "name", "version", "sdk", "entryAssembly", "sha256", "settings"];

    public static IReadOnlyList<string> SettingKeys { get; } = ["type", "required", "description", "default"];

    public static FrozenDictionary<string, PluginSettingType> SettingTypes { get; } = new Dictionary<string, PluginSettingType>
    {
        ["text"] = PluginSettingType.Text,
        ["httpAddress"] = PluginSettingType.HttpAddress,
        ["integer"] = PluginSettingType.Integer,
        ["secret"] = PluginSettingType.Secret,
        ["folder"] = PluginSettingType.Folder,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PluginFolder ReadFolder(string folder)
    {
        var (bytes, missing) = ConfigurationText.Load(Path.Combine(folder, PluginFolder.ManifestFile));
        if (bytes is null)
            return new PluginFolder(folder, null, null, "", [missing!]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var (document, unparsable) = ConfigurationText.Parse(bytes);
        if (document is null)
            return new PluginFolder(folder, null, null, hash, [unparsable!]);
        using (document)
        {
            var faults = new List<ConfigurationFault>();
            var (id, manifest) = Read(document.RootElement, faults);
            return new PluginFolder(folder, id, manifest, hash, [.. faults]);
        }
    }

    private static (string? Id, PluginManifest? Manifest) Read(JsonElement element, List<ConfigurationFault> faults)
    {
        var reader = new JsonObjectReader(element, "", ManifestKeys, faults);
        var id = reader.Text("id");
        if (id is not null && !SourceEntryReader.IsIdentifier(id))
        {
            reader.Fault("id", "must be lower-case letters, digits and hyphens, at most 63");
            id = null;
        }
        if (id is not null && BuiltInPlugin.IsReserved(id))
        {
            reader.Fault("id", $"is '{id}', which is a part of the hub");
            id = null;
        }
        var name = reader.Text("name", required: false) ?? id;
        if (!NuGetVersion.TryParse(reader.Text("version"), out var version) && reader.Find("version") is not null)
            reader.Fault("version", "must be a version such as 1.0.0");
        if (!VersionRange.TryParse(reader.Text("sdk") ?? "", out var sdk) && reader.Find("sdk") is not null)
            reader.Fault("sdk", "must be a version range such as [1.0,2.0)");
        var assembly = reader.Text("entryAssembly");
        if (assembly is not null && !IsFileName(assembly))
            reader.Fault("entryAssembly", "must be the name of a .dll in the same folder");
        var sha256 = reader.Text("sha256")?.ToLowerInvariant();
        if (sha256 is not null && !(sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)))
            reader.Fault("sha256", "must be 64 hexadecimal digits");
        var settings = ReadSettings(reader, faults);
        return faults.Count > 0
            ? (id, null)
            : (id, new PluginManifest(id!, name!, version!, sdk!, assembly!, sha256!, settings));
    }

    private static FrozenDictionary<string, PluginSetting> ReadSettings(JsonObjectReader manifest, List<ConfigurationFault> faults)
    {
        var settings = new Dictionary<string, PluginSetting>(StringComparer.Ordinal);
        if (manifest.Find("settings") is { } element)
        {
            var all = new JsonObjectReader(element, "settings", null, faults);
            foreach (var (name, value) in all.Members)
            {
                var one = new JsonObjectReader(value, all.PlaceOf(name), SettingKeys, faults);
                if (!SettingTypes.TryGetValue(one.Text("type") ?? "", out var type) && one.Find("type") is not null)
                    one.Fault("type", $"must be one of {string.Join(", ", SettingTypes.Keys.Order())}");
                settings[name] = new PluginSetting(
                    type, one.Flag("required", false), one.Text("description", required: false), one.Text("default", required: false));
            }
        }
        return settings.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static bool IsFileName(string written) =>
        written.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        && written[0] != '.'
        && written.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '-' or '_');
}
