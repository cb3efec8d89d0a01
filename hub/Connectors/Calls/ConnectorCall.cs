using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>What is done with a connector during one call.</summary>
internal interface IConnectorWork
{
    /// <summary>May throw anything, block or never end: <see cref="ConnectorCall"/> is the border that bears it.</summary>
    Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken);
}

/// <summary>How a call ended.</summary>
/// <param name="DeadlinePassed">It did not end in time.</param>
/// <param name="Fault">Code of what failed; null when nothing did.</param>
/// <param name="Running">Ends when the connector really stopped. Never faults.</param>
internal readonly record struct CallEnd(bool DeadlinePassed, string? Fault, Task Running);

/// <summary>
/// Runs work on a connector on another thread and stops waiting at the deadline, whatever the connector does. The one border where exceptions of
/// connectors end: only a code leaves it, since an exception of a plug-in would hold its context in memory.
/// </summary>
internal sealed class ConnectorCall(TimeProvider clock, BlockedThreads threads, ILogger<ConnectorCall> logger)
{
    /// <param name="source">The source; the caller holds a lease on its connection.</param>
    /// <param name="work">What to do.</param>
    /// <param name="deadline">Longest wait.</param>
    /// <param name="slots">Where a call that outlives its answer is counted; null for calls that hold no slot.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more; then this throws.</param>
    public async Task<CallEnd> RunAsync(
        Source source, IConnectorWork work, TimeSpan deadline, CallSlots? slots, CancellationToken cancellationToken)
    {
        var connection = source.Connection!;
        if (!connection.TryHold(out var connector))
            return new CallEnd(false, CallReasons.Closed, Task.CompletedTask);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(connection.Stopping);
        var running = Task.Run(() => Start(source.Id, connection, connector, work, stop.Token), CancellationToken.None);
        try
        {
            var fault = await running.WaitAsync(deadline, clock, cancellationToken);
            stop.Dispose();
            return new CallEnd(false, fault, running);
        }
        catch (TimeoutException)
        {
            Abandon(source.Id, stop, running, slots);
            return new CallEnd(true, null, running);
        }
        catch (OperationCanceledException)
        {
            Abandon(source.Id, stop, running, slots);
            throw;
        }
    }

    private Task<string?> Start(
        string sourceId, SourceConnection connection, ISourceConnector connector, IConnectorWork work, CancellationToken token)
    {
        threads.Enter();
        try
        {
            return GuardAsync(sourceId, connection, connector, work, token);
        }
        finally
        {
            threads.Leave();
        }
    }

    private async Task<string?> GuardAsync(
        string sourceId, SourceConnection connection, ISourceConnector connector, IConnectorWork work, CancellationToken token)
    {
        try
        {
            await work.RunAsync(connector, token);
            return null;
        }
        catch (SourceFaultException fault)
        {
            return CallReasons.Safe(fault.Code);
        }
        catch (HttpRequestException)
        {
            return SourceFaultCodes.Unreachable;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return CallReasons.Closed;
        }
        catch (Exception fault)
        {
            logger.ConnectorFaulted(sourceId, fault.GetType().Name);
            return CallReasons.Fault;
        }
        finally
        {
            connection.Exit();
        }
    }

    private void Abandon(string sourceId, CancellationTokenSource stop, Task running, CallSlots? slots)
    {
        slots?.KeepUntil(running);
        _ = StopAsync(sourceId, stop, running);
    }

    /// <summary>Cancels without waiting for the connector's own cancellation callbacks, which may block or throw.</summary>
    private async Task StopAsync(string sourceId, CancellationTokenSource stop, Task running)
    {
        try
        {
            await stop.CancelAsync();
        }
        catch (AggregateException fault)
        {
            logger.ConnectorFaulted(sourceId, fault.InnerException?.GetType().Name ?? nameof(AggregateException));
        }
        await running;
        stop.Dispose();
    }
}
