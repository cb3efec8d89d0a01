using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Hub.Connectors.Plugins;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>What an operator may do to a source.</summary>
internal interface ISourceAdmission
{
    /// <summary>Opens a source anew: lets a quarantined one in again, tries a malfunctioned one again. False when there is no such source.</summary>
    Task<bool> ReadmitAsync(string sourceId, CancellationToken cancellationToken);
}

/// <summary>
/// Keeps the snapshot of sources equal to <c>plugins.json</c> and the plug-in folders. Reopens only what changed; what is replaced goes on serving
/// its calls and is closed after them.
/// </summary>
internal sealed class SourceRegistry(
    SourceOpener opener, PluginShelf shelf, ShutSources shut, IOptions<ConnectorsOptions> options, TimeProvider clock,
    ILogger<SourceRegistry> logger) : ISourceRegistry, ISourceAdmission, IAsyncDisposable
{
    private readonly SemaphoreSlim changing = new(1);
    private readonly Dictionary<string, (SourcePlan Plan, Source Source)> open = new(StringComparer.Ordinal);
    private readonly List<Task> retiring = [];
    private RegistrySnapshot current = new(0, []);
    private bool everRead;

    public RegistrySnapshot Current => Volatile.Read(ref current);

    /// <summary>Folders whose changes matter: that of <c>plugins.json</c> is not among them.</summary>
    public IReadOnlyList<string> WatchedFolders { get; private set; } = [];

    /// <summary>Ends when every source removed so far is closed.</summary>
    public Task Retired
    {
        get
        {
            lock (retiring)
                return Task.WhenAll([.. retiring]);
        }
    }

    /// <summary>Reads the files and swaps the snapshot when something changed.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            await ReloadCoreAsync();
        }
        finally
        {
            changing.Release();
        }
    }

    public async Task<bool> ReadmitAsync(string sourceId, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (!open.Remove(sourceId, out var known))
                return false;
            shut.Lift(sourceId);
            logger.SourceReadmitted(sourceId);
            var fresh = await opener.OpenAsync(known.Plan);
            open.Add(sourceId, (known.Plan, fresh));
            Swap(Current.Faults, 1);
            Retire([known.Source]);
            return true;
        }
        finally
        {
            changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await changing.WaitAsync();
        try
        {
            var sources = open.Values.Select(one => one.Source).ToList();
            open.Clear();
            Volatile.Write(ref current, new RegistrySnapshot(Current.Version + 1, []));
            Retire(sources);
        }
        finally
        {
            changing.Release();
        }
        await Retired;
    }

    private async Task ReloadCoreAsync()
    {
        var file = Path.GetFullPath(options.Value.PluginsFile);
        var folder = Path.GetDirectoryName(file)!;
        var (bytes, missing) = ConfigurationText.Load(file);
        var configuration = bytes is null ? PluginsFileReader.Unusable(missing!) : PluginsFileReader.Read(bytes);
        if (configuration.FileFaults.Length > 0 && everRead)
        {
            ShowFaults([.. configuration.FileFaults.Select(fault => $"{Path.GetFileName(file)}: {fault}; the last good sources stay")]);
            return;
        }
        everRead |= configuration.FileFaults.Length == 0;

        var plugins = PluginDiscovery.Discover([options.Value.BuiltInPlugins], folder, configuration.PluginFolders);
        WatchedFolders = [options.Value.BuiltInPlugins, .. configuration.PluginFolders
            .Select(written => ContainedPath.Resolve(folder, written.Path).FullPath).OfType<string>()];
        var references = new SettingReferences(folder, Environment.GetEnvironmentVariable);
        var replaced = new List<Source>();
        var changed = 0;
        var wanted = configuration.Sources.Select(source => SourcePlanner.Plan(source, plugins, references)).ToList();
        foreach (var plan in wanted)
        {
            var id = plan.Configuration.Id;
            if (open.TryGetValue(id, out var known))
            {
                if (known.Plan.SameAs(plan))
                    continue;
                replaced.Add(known.Source);
            }
            open[id] = (plan, await opener.OpenAsync(plan));
            changed++;
        }
        foreach (var id in open.Keys.Except(wanted.Select(plan => plan.Configuration.Id)).ToList())
        {
            open.Remove(id, out var gone);
            replaced.Add(gone.Source);
        }

        string[] faults = [.. configuration.FileFaults.Concat(configuration.EntryFaults).Select(fault => $"{Path.GetFileName(file)}: {fault}"),
            .. plugins.Faults.Select(fault => fault.ToString())];
        if (changed > 0 || replaced.Count > 0)
            Swap(Current.Faults, changed);
        ShowFaults(faults);
        Retire(replaced);
    }

    private void ShowFaults(IReadOnlyList<string> faults)
    {
        if (faults.SequenceEqual(Current.Faults))
            return;
        foreach (var fault in faults.Except(Current.Faults))
            logger.ConfigurationFaulty(fault);
        Volatile.Write(ref current, new RegistrySnapshot(Current.Version + 1, Current.Sources) { Faults = faults });
    }

    private void Swap(IReadOnlyList<string> faults, int changed)
    {
        var sources = open.Values.Select(one => one.Source).OrderBy(source => source.Id, StringComparer.Ordinal).ToArray();
        Volatile.Write(ref current, new RegistrySnapshot(Current.Version + 1, sources) { Faults = faults });
        logger.RegistrySwapped(Current.Version, sources.Length, changed);
    }

    private void Retire(IEnumerable<Source> sources)
    {
        lock (retiring)
        {
            retiring.RemoveAll(task => task.IsCompleted);
            foreach (var source in sources)
            {
                if (source.Connection is { } connection)
                    retiring.Add(connection.RetireAsync(source.Id, shelf, options.Value.DrainTimeout, clock, logger));
            }
        }
    }
}
