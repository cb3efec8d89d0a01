using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// The guards of reading entries, around a write: gate, whether the source takes deposits at all, its own circuit, the source's slots, the deadline
/// of its budget. Asking again is left to the caller: only it knows how long the fact may wait.
/// </summary>
internal sealed class SourceWriter(
    SourceGate gate, ConnectorCall call, ConnectorsMetrics metrics, TimeProvider clock, ILogger<SourceWriter> logger) : ISourceWriter
{
    public async Task<WriteOutcome> WriteAsync(
        Source source, DossierEntry entry, string idempotencyKey, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var (outcome, status) = await GatedAsync(source, new EntryWriting(entry, idempotencyKey), cancellationToken);
        var contacted = status is SourceStatus.Answered or SourceStatus.TimedOut or SourceStatus.Failed;
        metrics.Record(
            source.Id, CapabilityCircuits.WriteCapability, status, contacted ? clock.GetElapsedTime(started) : TimeSpan.Zero, entryCount: 0);
        if (outcome.Code is { } code)
            logger.WriteFailed(source.Id, code, outcome.IsFinal);
        return outcome;
    }

    private async Task<(WriteOutcome Outcome, SourceStatus Status)> GatedAsync(
        Source source, EntryWriting writing, CancellationToken cancellationToken)
    {
        var (admitted, status, reason) = gate.Enter(source);
        if (admitted is null)
            return (new WriteOutcome(null, reason ?? CallReasons.Closed, false), status is SourceStatus.Failed ? SourceStatus.NotAsked : status);
        try
        {
            if (!admitted.AcceptsDeposits)
                return (new WriteOutcome(null, CallReasons.DepositsRefused, true), SourceStatus.NotAllowed);
            if (!admitted.Capabilities.Contains(nameof(IEntryWriter)))
                return (new WriteOutcome(null, CallReasons.NoCapability, true), SourceStatus.NotAsked);
            var outcome = await CircuitGuard.RunAsync(
                admitted.Connection!.WriteCircuit,
                (writer: this, admitted, writing),
                static (state, token) => state.writer.CallAsync(state.admitted, state.writing, token),
                static _ => new WriteOutcome(null, CallReasons.CircuitOpen, false),
                cancellationToken);
            return (outcome, StatusOf(outcome));
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }

    private async Task<WriteOutcome> CallAsync(Source source, EntryWriting writing, CancellationToken cancellationToken)
    {
        var slots = source.Connection!.Slots;
        if (slots.AllStuck)
            return new WriteOutcome(null, CallReasons.StuckCalls, false);
        var started = clock.GetTimestamp();
        var slot = await slots.AcquireAsync(source.Budget.Timeout, clock, cancellationToken);
        if (slot is null)
            return new WriteOutcome(null, CallReasons.Busy, false);
        try
        {
            var left = source.Budget.Timeout - clock.GetElapsedTime(started);
            var end = await call.RunAsync(source, writing, left > TimeSpan.Zero ? left : TimeSpan.Zero, slots, cancellationToken);
            return writing.Close(end.DeadlinePassed ? CallReasons.Deadline : end.Fault, ended: !end.DeadlinePassed);
        }
        finally
        {
            slots.Return(slot);
        }
    }

    private static SourceStatus StatusOf(WriteOutcome outcome) => outcome.Code switch
    {
        null => SourceStatus.Answered,
        CallReasons.Deadline or CallReasons.Busy => SourceStatus.TimedOut,
        CallReasons.CircuitOpen => SourceStatus.CircuitOpen,
        _ => SourceStatus.Failed,
    };
}
