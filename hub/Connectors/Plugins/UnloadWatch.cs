namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>
/// Proves that released plug-ins left the memory. It forces collections only while one is pending, and gives up after a bounded number.
/// </summary>
internal sealed class UnloadWatch(TimeProvider clock, ILogger<UnloadWatch> logger) : BackgroundService
{
    private const int MostChecks = 12;
    private const int MostRecords = 200;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly List<Tracked> tracked = [];
    private readonly SemaphoreSlim released = new(0);

    public IReadOnlyList<PluginUnload> Records
    {
        get
        {
            lock (gate)
                return [.. tracked.Select(one => one.Record)];
        }
    }

    public void Track(LoadedPlugin plugin, WeakReference context)
    {
        var record = new PluginUnload(plugin.Id, plugin.Version, plugin.Folder.Hash, clock.GetUtcNow(), null, UnloadProgress.Pending);
        lock (gate)
        {
            tracked.Add(new Tracked(record, context, plugin.Copy));
            if (tracked.Count > MostRecords && tracked.FindIndex(one => one.Record.Progress != UnloadProgress.Pending) is >= 0 and var oldest)
                tracked.RemoveAt(oldest);
        }
        released.Release();
    }

    /// <summary>One forced collection and a look at each pending plug-in. True when none is pending any more.</summary>
    public bool Check()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (gate)
        {
            foreach (var one in tracked.Where(one => one.Record.Progress == UnloadProgress.Pending))
            {
                if (!one.Context.IsAlive)
                {
                    one.Settle(UnloadProgress.Unloaded, clock.GetUtcNow());
                    logger.PluginUnloaded(one.Record.Id, one.Record.Version);
                }
                else if (++one.Checks >= MostChecks)
                {
                    one.Settle(UnloadProgress.Alive, null);
                    logger.PluginStaysInMemory(one.Record.Id, one.Record.Version, one.Checks);
                }
            }
            return tracked.TrueForAll(one => one.Record.Progress != UnloadProgress.Pending);
        }
    }

    public override void Dispose()
    {
        lock (gate)
            tracked.ForEach(one => one.Copy.Dispose());
        released.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await released.WaitAsync(stoppingToken);
            for (var pause = FirstPause; ; pause += FirstPause)
            {
                await Task.Delay(pause, clock, stoppingToken);
                if (Check())
                    break;
            }
        }
    }

    private sealed class Tracked(PluginUnload record, WeakReference context, ShadowCopy copy)
    {
        public PluginUnload Record { get; private set; } = record;

        public WeakReference Context { get; } = context;

        public ShadowCopy Copy { get; } = copy;

        public int Checks { get; set; }

        public void Settle(UnloadProgress progress, DateTimeOffset? unloadedAt)
        {
            Record = Record with { Progress = progress, UnloadedAt = unloadedAt };
            if (progress == UnloadProgress.Unloaded)
                Copy.Dispose();
        }
    }
}
