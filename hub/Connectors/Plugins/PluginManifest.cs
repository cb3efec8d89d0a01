using System.Collections.Frozen;
using System.Collections.Immutable;
using DmpFederation.Hub.Connectors.Configuration;
using NuGet.Versioning;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>What kind of value a setting takes.</summary>
internal enum PluginSettingType
{
    Text,

    /// <summary>Absolute http or https address.</summary>
    HttpAddress,

    /// <summary>Whole number.</summary>
    Integer,

    /// <summary>Given by reference only.</summary>
    Secret,

    /// <summary>A folder; a relative one counts from <c>plugins.json</c>.</summary>
    Folder,
}

/// <summary>A setting a plug-in declares.</summary>
/// <param name="Type">Kind of value.</param>
/// <param name="Required">A source without it is misconfigured.</param>
/// <param name="Description">For operators; null when none.</param>
/// <param name="Default">Value when it is not set; null when none.</param>
internal sealed record PluginSetting(PluginSettingType Type, bool Required, string? Description, string? Default);

/// <summary>What a plug-in says of itself in <c>plugin.json</c>.</summary>
/// <param name="Id">Names it in <c>plugins.json</c>.</param>
/// <param name="Name">Printable name.</param>
/// <param name="Version">Its own version.</param>
/// <param name="Sdk">Versions of the SDK it works with.</param>
/// <param name="EntryAssembly">File name, without folder, of the assembly that holds its entry class.</param>
/// <param name="Sha256">SHA-256 of that file, lower-case hex.</param>
/// <param name="Settings">Settings of its sources by name.</param>
internal sealed record PluginManifest(
    string Id,
    string Name,
    NuGetVersion Version,
    VersionRange Sdk,
    string EntryAssembly,
    string Sha256,
    FrozenDictionary<string, PluginSetting> Settings);

/// <summary>A folder with a <c>plugin.json</c>.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Id">Its id, when that could be read.</param>
/// <param name="Manifest">Null when it has faults.</param>
/// <param name="Hash">SHA-256 of the manifest: with the entry assembly's hash in it, it names one build of the plug-in. Lower-case hex.</param>
/// <param name="Faults">Why it is unusable. Empty when it is well formed.</param>
internal sealed record PluginFolder(
    string Folder, string? Id, PluginManifest? Manifest, string Hash, ImmutableArray<ConfigurationFault> Faults)
{
    public const string ManifestFile = "plugin.json";
}
