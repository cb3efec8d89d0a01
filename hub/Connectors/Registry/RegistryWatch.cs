using System.Threading.Channels;
using DmpFederation.Hub.Connectors.Plugins;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>
/// Reads the registry before the hub serves, and again when <c>plugins.json</c> or a plug-in changes. A slow look beside the watchers covers file
/// systems that signal nothing, secrets in files, and folders made later.
/// </summary>
internal sealed class RegistryWatch(
    SourceRegistry registry, IOptions<ConnectorsOptions> options, TimeProvider clock, ILogger<RegistryWatch> logger) : BackgroundService
{
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, FileSystemWatcher?> watchers = new(StringComparer.Ordinal);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        ShadowCopy.RemoveAbandoned(options.Value.StateFolder);
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await registry.DisposeAsync();
    }

    public override void Dispose()
    {
        foreach (var watcher in watchers.Values)
            watcher?.Dispose();
        watchers.Clear();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var change = changes.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            Watch();
            await Task.WhenAny(change, Task.Delay(options.Value.PollInterval, clock, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
            if (change.IsCompleted)
            {
                // An editor or a build writes several times: wait for the last.
                do
                {
                    while (changes.Reader.TryRead(out _))
                        continue;
                    await Task.Delay(options.Value.ChangeDebounce, clock, stoppingToken);
                }
                while (changes.Reader.TryPeek(out _));
                change = changes.Reader.WaitToReadAsync(stoppingToken).AsTask();
            }
            await ReloadAsync(stoppingToken);
        }
    }

    /// <summary>The border of the registry: whatever goes wrong, the hub goes on with the sources it has.</summary>
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await registry.ReloadAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.ReloadFailed(fault.GetType().Name);
        }
    }

    private void Watch()
    {
        var file = Path.GetFullPath(options.Value.PluginsFile);
        Watch(Path.GetDirectoryName(file)!, Path.GetFileName(file), false);
        foreach (var folder in registry.WatchedFolders)
            Watch(folder, PluginFolder.ManifestFile, true);
    }

    private void Watch(string folder, string filter, bool below)
    {
        var key = $"{folder}|{filter}";
        if (watchers.ContainsKey(key) || !Directory.Exists(folder))
            return;
        try
        {
            var watcher = new FileSystemWatcher(folder, filter) { IncludeSubdirectories = below };
            watchers.Add(key, watcher);
            watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
            watcher.Created += (_, _) => changes.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => changes.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            watchers[key] = null;
            logger.WatchFailed(folder, fault.GetType().Name);
        }
    }
}
