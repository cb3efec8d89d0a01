using System.Runtime.CompilerServices;
using DmpFederation.Sdk;
using McMaster.NETCore.Plugins;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>One build of a plug-in in its own collectible context, shared by all its sources.</summary>
internal sealed class LoadedPlugin(PluginFolder folder, PluginLoader loader, IConnectorPlugin entry, ShadowCopy copy)
{
    private PluginLoader? loader = loader;
    private IConnectorPlugin? entry = entry;

    public PluginFolder Folder { get; } = folder;

    public PluginManifest Manifest => Folder.Manifest!;

    public string Id => Manifest.Id;

    public string Version => Manifest.Version.ToNormalizedString();

    /// <summary>Users that hold it; guarded by <see cref="PluginShelf"/>.</summary>
    public int Users { get; set; }

    public ShadowCopy Copy { get; } = copy;

    /// <exception cref="ObjectDisposedException">It was unloaded.</exception>
    public IConnectorPlugin Entry => entry ?? throw new ObjectDisposedException(Id);

    /// <summary>Starts the unloading. The weak reference dies once nothing holds a thing of the plug-in any more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakReference Unload()
    {
        var context = new WeakReference(loader!.LoadContext);
        entry = null;
        loader.Dispose();
        loader = null;
        return context;
    }
}
