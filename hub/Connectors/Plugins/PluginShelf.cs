namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>
/// Holds each build of a plug-in once while somebody uses it, and starts its unloading when the last user lets go. Thread-safe.
/// </summary>
internal sealed class PluginShelf(PluginActivator activator, UnloadWatch unloads) : IPluginInventory
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Id, string Hash), LoadedPlugin> loaded = [];

    public IReadOnlyList<PluginPresence> Loaded
    {
        get
        {
            lock (gate)
            {
                return [.. loaded.Values.OrderBy(plugin => plugin.Id, StringComparer.Ordinal)
                    .Select(plugin => new PluginPresence(plugin.Id, plugin.Version, plugin.Folder.Hash, plugin.Users))];
            }
        }
    }

    public IReadOnlyList<PluginUnload> Unloads => unloads.Records;

    /// <summary>The plug-in with one more user, or why it cannot be used. Each success is given back by <see cref="Release"/>.</summary>
    public PluginActivation Acquire(PluginFolder folder)
    {
        lock (gate)
        {
            var key = (folder.Id ?? "", folder.Hash);
            if (loaded.TryGetValue(key, out var plugin))
            {
                plugin.Users++;
                return new PluginActivation(plugin, SourceState.Starting, "");
            }
            var activation = activator.Activate(folder);
            if (activation.Plugin is { } fresh)
            {
                fresh.Users = 1;
                loaded.Add(key, fresh);
            }
            return activation;
        }
    }

    public void Release(LoadedPlugin plugin)
    {
        lock (gate)
        {
            if (--plugin.Users > 0)
                return;
            loaded.Remove((plugin.Id, plugin.Folder.Hash));
            unloads.Track(plugin, plugin.Unload());
        }
    }
}
