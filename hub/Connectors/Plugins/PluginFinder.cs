using DmpFederation.Hub.Connectors.Configuration;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>Finds the plug-in a command names.</summary>
internal sealed class PluginFinder(IOptions<ConnectorsOptions> options)
{
    /// <param name="plugin">A plug-in's id, the name of its folder, or the path of its folder. Null when there is none.</param>
    public PluginFolder? Find(string plugin)
    {
        if (File.Exists(Path.Combine(plugin, PluginFolder.ManifestFile)))
            return PluginManifestReader.ReadFolder(Path.GetFullPath(plugin));
        var file = Path.GetFullPath(options.Value.PluginsFile);
        var (bytes, _) = ConfigurationText.Load(file);
        var written = bytes is null ? [] : PluginsFileReader.Read(bytes).PluginFolders;
        return PluginDiscovery.Discover([options.Value.BuiltInPlugins], Path.GetDirectoryName(file)!, written)
            .Folders.FirstOrDefault(folder => folder.Id == plugin || Path.GetFileName(folder.Folder) == plugin);
    }
}
