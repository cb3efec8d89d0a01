using System.Collections.Immutable;
using DmpFederation.Hub.Connectors.Configuration;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>The plug-ins on disk now.</summary>
/// <param name="Folders">Every plug-in folder.</param>
/// <param name="Faults">Folders that could not be searched.</param>
internal sealed record DiscoveredPlugins(ImmutableArray<PluginFolder> Folders, ImmutableArray<ConfigurationFault> Faults)
{
    public IEnumerable<PluginFolder> WithId(string id) => Folders.Where(folder => folder.Id == id);
}

/// <summary>Finds plug-in folders and reads their manifests. Loads no code.</summary>
internal static class PluginDiscovery
{
    /// <param name="roots">
    /// Full paths. A folder with a <c>plugin.json</c> is a plug-in; one without is searched one level down. What is missing is left out.
    /// </param>
    /// <param name="root">Folder of <c>plugins.json</c>, which the paths of <paramref name="written"/> are relative to.</param>
    /// <param name="written"><c>pluginFolders</c> of <c>plugins.json</c>: hostile input.</param>
    public static DiscoveredPlugins Discover(
        IEnumerable<string> roots, string root, IEnumerable<(string Path, string Place)> written)
    {
        var faults = ImmutableArray.CreateBuilder<ConfigurationFault>();
        var searched = roots.Where(Directory.Exists).ToList();
        foreach (var (path, place) in written)
        {
            var (full, problem) = ContainedPath.Resolve(root, path);
            if (full is null)
                faults.Add(new ConfigurationFault(place, problem!));
            else if (!Directory.Exists(full))
                faults.Add(new ConfigurationFault(place, "is not a folder"));
            else
                searched.Add(full);
        }

        var folders = new SortedDictionary<string, PluginFolder>(StringComparer.Ordinal);
        foreach (var folder in searched.SelectMany(PluginFoldersOf))
        {
            var read = PluginManifestReader.ReadFolder(folder);
            if (folders.TryAdd(folder, read) && read.Id is null)
                faults.Add(new ConfigurationFault(Path.GetFileName(folder) + "/" + PluginFolder.ManifestFile, ConfigurationFault.Join(read.Faults)));
        }
        return new DiscoveredPlugins([.. folders.Values], faults.ToImmutable());
    }

    private static IEnumerable<string> PluginFoldersOf(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(Path.Combine(folder, PluginFolder.ManifestFile)))
            return [folder];
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Where(child => File.Exists(Path.Combine(child, PluginFolder.ManifestFile)))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
