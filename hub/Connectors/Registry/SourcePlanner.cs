using System.Collections.Frozen;
using System.Globalization;
using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Hub.Connectors.Plugins;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>What a source needs in order to be opened, or why it stays shut. Two equal plans mean that nothing about the source changed.</summary>
internal sealed record SourcePlan
{
    public required SourceConfiguration Configuration { get; init; }

    /// <summary>The plug-in; null when it stays shut, or is a part of the hub (<see cref="BuiltInPlugin"/>).</summary>
    public PluginFolder? Plugin { get; init; }

    /// <summary>Names the build of the plug-in on disk.</summary>
    public string PluginStamp { get; init; } = "";

    public CheckedSettings? Settings { get; init; }

    /// <summary>State it shows when it stays shut; null when it is to be opened.</summary>
    public SourceState? Shut { get; init; }

    public string? Reason { get; init; }

    public bool SameAs(SourcePlan other) =>
        Configuration.Fingerprint == other.Configuration.Fingerprint
        && PluginStamp == other.PluginStamp
        && Shut == other.Shut
        && Reason == other.Reason
        && (Settings is null ? other.Settings is null : other.Settings is not null && Settings.SameValues(other.Settings));
}

/// <summary>Joins an entry of <c>plugins.json</c> with its plug-in's manifest. Loads no code.</summary>
internal static class SourcePlanner
{
    public static SourcePlan Plan(SourceConfiguration source, DiscoveredPlugins plugins, SettingReferences references)
    {
        if (source.Faults.Length > 0)
            return Shut(source, SourceState.Misconfigured, ConfigurationFault.Join(source.Faults));
        if (!source.Enabled)
            return Shut(source, SourceState.Disabled, "switched off in plugins.json");
        if (BuiltInPlugin.IsReserved(source.PluginId))
        {
            // It needs nothing said: every setting is one too many.
            var none = SettingsCheck.Check(FrozenDictionary<string, PluginSetting>.Empty, source.Settings, references);
            return none.Problems.Length > 0
                ? Shut(source, SourceState.Misconfigured, ConfigurationFault.Join(none.Problems))
                : new SourcePlan { Configuration = source, Settings = none };
        }
        var folders = plugins.WithId(source.PluginId).ToList();
        if (folders is not [var folder])
        {
            return folders.Count == 0
                ? Shut(source, SourceState.Misconfigured, $"plug-in '{source.PluginId}' is not installed")
                : Shut(source, SourceState.Malfunctioned, $"{folders.Count} folders declare the plug-in id '{source.PluginId}'");
        }
        if (folder.Manifest is not { } manifest)
            return Shut(source, SourceState.Malfunctioned, $"the manifest of plug-in '{source.PluginId}': {ConfigurationFault.Join(folder.Faults)}");
        var settings = SettingsCheck.Check(manifest.Settings, source.Settings, references);
        return settings.Problems.Length > 0
            ? Shut(source, SourceState.Misconfigured, ConfigurationFault.Join(settings.Problems))
            : new SourcePlan { Configuration = source, Plugin = folder, PluginStamp = Stamp(folder, manifest), Settings = settings };
    }

    private static SourcePlan Shut(SourceConfiguration source, SourceState state, string reason) =>
        new() { Configuration = source, Shut = state, Reason = reason };

    /// <summary>The file's time is in it too: a build that was read half written is tried again once it is whole.</summary>
    private static string Stamp(PluginFolder folder, PluginManifest manifest)
    {
        var assembly = new FileInfo(Path.Combine(folder.Folder, manifest.EntryAssembly));
        return assembly.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{folder.Folder}|{folder.Hash}|{assembly.Length}|{assembly.LastWriteTimeUtc.Ticks}")
            : $"{folder.Folder}|{folder.Hash}|missing";
    }
}
