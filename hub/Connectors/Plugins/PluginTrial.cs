using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Sdk;
using DmpFederation.Sdk.Conformance;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>Loads plug-ins for the conformance kit as the hub loads them for its sources, beside those that are in use.</summary>
internal sealed class PluginTrial(PluginActivator activator) : IPluginLoader
{
    public IPluginUnderTest Load(string folder)
    {
        var activation = activator.Activate(PluginManifestReader.ReadFolder(folder));
        return activation.Plugin is { } plugin ? new TriedPlugin(plugin) : throw new PluginRefusedException(activation.Step, activation.Reason);
    }

    private sealed class TriedPlugin(LoadedPlugin plugin) : IPluginUnderTest
    {
        public string Id => plugin.Id;

        public string Version => plugin.Version;

        public IReadOnlyList<DeclaredSetting> Settings { get; } =
            [.. plugin.Manifest.Settings.Select(pair => new DeclaredSetting(pair.Key, pair.Value.Required, pair.Value.Default))];

        public IConnectorPlugin Entry => plugin.Entry;

        public HttpClient CreateHttp(long mostBytes) =>
            SourceHttp.Create(new SourceBudget { MaxBytes = mostBytes }, SharedAssemblies.SdkVersion.ToString(3));

        public WeakReference Unload()
        {
            var context = plugin.Unload();
            plugin.Copy.Dispose();
            return context;
        }
    }
}
