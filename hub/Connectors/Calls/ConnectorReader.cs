using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// The innermost reader: contacts the connector, within the deadline and the budgets, behind the wrong-patient guard. These three work on the
/// stream itself, so that what arrived before the deadline is kept and nothing of a breach is ever shown.
/// </summary>
internal sealed class ConnectorReader(ConnectorCall call, ShutSources shut, TimeProvider clock) : ISourceReader
{
    public async Task<SourceOutcome> ReadAsync(Source source, ReadRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var collector = new ReadCollector(source, request);
        var end = await call.RunAsync(
            source, collector, deadline < source.Budget.Timeout ? deadline : source.Budget.Timeout, source.Connection!.Slots, cancellationToken);
        var outcome = collector.Close(end, clock.GetElapsedTime(started));
        if (collector.WrongPatient)
            shut.Shut(source);
        else if (outcome.Status is SourceStatus.Answered)
            source.Health.Observe(SourceState.Active);
        else if (outcome.Status is SourceStatus.Failed or SourceStatus.TimedOut)
            source.Connection.Probes.NoLaterThan(clock.GetUtcNow());
        // A source whose clock is ahead does not show the future: its answer is of now.
        return outcome.AsOf > clock.GetUtcNow() ? outcome with { AsOf = null } : outcome;
    }
}
