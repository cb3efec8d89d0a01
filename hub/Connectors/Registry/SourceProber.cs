using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Connectors.Registry;

/// <summary>Asks each open source from time to time whether it answers, so that its state is known before somebody needs it.</summary>
internal sealed class SourceProber(
    ISourceRegistry registry, ConnectorCall call, IOptions<ConnectorsOptions> options, TimeProvider clock, ILogger<SourceProber> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            foreach (var source in registry.Current.Sources)
            {
                if (source.Connection is { } connection && connection.Probes.TryStart(clock.GetUtcNow()))
                    _ = ProbeAsync(source, connection, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One probe. Never throws; the next one does not start before this one has really ended.</summary>
    internal async Task ProbeAsync(Source source, SourceConnection connection, CancellationToken cancellationToken)
    {
        if (!connection.TryEnter())
            return;
        var running = Task.CompletedTask;
        try
        {
            var end = await call.RunAsync(source, new Probe(), options.Value.ProbeTimeout, null, cancellationToken);
            running = end.Running;
            if (end.DeadlinePassed || end.Fault is not null)
            {
                var reason = end.Fault ?? CallReasons.Deadline;
                if (source.Health.Observe(SourceState.Unreachable, reason))
                    logger.SourceUnreachable(source.Id, reason);
            }
            else if (source.Health.Observe(SourceState.Active))
            {
                logger.SourceAnswers(source.Id);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            connection.Exit();
        }
        await running;
        connection.Probes.Finish(
            clock.GetUtcNow() + (source.State == SourceState.Active ? options.Value.ActiveProbeInterval : options.Value.ProbeInterval));
    }

    private sealed class Probe : IConnectorWork
    {
        public Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken) => connector.ProbeAsync(cancellationToken).AsTask();
    }
}
