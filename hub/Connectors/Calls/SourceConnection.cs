using System.Diagnostics.CodeAnalysis;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Sdk;
using Polly;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// An open connector with what belongs to it: circuits, slots, HTTP client. Whoever calls it holds a lease; it is closed after the last lease is
/// given back, so that a swap of the registry drops no call. Thread-safe.
/// </summary>
/// <param name="connector">The connector.</param>
/// <param name="plugin">The plug-in it is of; null when that is a part of the hub, which nobody gives back.</param>
/// <param name="http">The HTTP client it was given.</param>
/// <param name="slots">Slots of its calls.</param>
/// <param name="circuits">Circuits of its capabilities.</param>
internal sealed class SourceConnection(
    ISourceConnector connector, LoadedPlugin? plugin, HttpClient http, CallSlots slots, CapabilityCircuits circuits)
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ISourceConnector? connector = connector;
    private LoadedPlugin? plugin = plugin;
    private int leases;
    private bool retired;

    public CallSlots Slots => slots;

    /// <summary>Circuit of reading entries.</summary>
    public ResiliencePipeline<SourceOutcome> ReadCircuit => circuits.Read;

    /// <summary>Circuit of looking up identities.</summary>
    public ResiliencePipeline<IdentityOutcome> IdentityCircuit => circuits.Identity;

    /// <summary>Circuit of writing facts.</summary>
    public ResiliencePipeline<WriteOutcome> WriteCircuit => circuits.Write;

    public ProbeSchedule Probes { get; } = new();

    /// <summary>The plug-in itself, for what it can do without the connector. Null once it was given back, and for a part of the hub; the caller holds a lease.</summary>
    public IConnectorPlugin? Entry => plugin?.Entry;

    /// <summary>Cancelled when calls that outlive the source's removal are no longer waited for.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Takes a lease. False when the source was removed or replaced.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            if (retired)
                return false;
            leases++;
            return true;
        }
    }

    /// <summary>Takes one more lease; the caller holds one already. False when calls are no longer waited for.</summary>
    public bool TryHold([NotNullWhen(true)] out ISourceConnector? held)
    {
        lock (gate)
        {
            held = connector;
            if (held is null)
                return false;
            leases++;
            return true;
        }
    }

    public void Exit()
    {
        lock (gate)
        {
            if (--leases == 0 && retired)
                drained.TrySetResult();
        }
    }

    /// <summary>Closes the connector after its last call, or after <paramref name="patience"/> even so, and gives the plug-in back. Never throws.</summary>
    public async Task RetireAsync(string sourceId, PluginShelf shelf, TimeSpan patience, TimeProvider clock, ILogger logger)
    {
        lock (gate)
        {
            if (retired)
                return;
            retired = true;
            if (leases == 0)
                drained.TrySetResult();
        }
        if (!await EndsWithinAsync(drained.Task, patience, clock))
        {
            logger.CallsCancelled(sourceId);
            var cancelling = stopping.CancelAsync();
            await EndsWithinAsync(Task.WhenAll(cancelling, drained.Task), TimeSpan.FromSeconds(2), clock);
        }
        await CloseAsync(sourceId, clock, logger);
        if (Interlocked.Exchange(ref plugin, null) is { } released)
            shelf.Release(released);
    }

    private async Task CloseAsync(string sourceId, TimeProvider clock, ILogger logger)
    {
        ISourceConnector closing;
        lock (gate)
        {
            closing = connector!;
            connector = null;
        }
        var closed = Task.Run(async () =>
        {
            try
            {
                await closing.DisposeAsync();
            }
            catch (Exception fault)
            {
                logger.CloseFailed(sourceId, fault.GetType().Name);
            }
        });
        if (!await EndsWithinAsync(closed, TimeSpan.FromSeconds(5), clock))
            logger.CloseFailed(sourceId, nameof(TimeoutException));
        http.Dispose();
        slots.Dispose();
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan patience, TimeProvider clock)
    {
        await task.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
