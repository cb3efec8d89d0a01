namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// The guards around work on an optional capability of a source: gate, one of the source's call slots, deadline. No circuit: who asks so is the hub
/// itself, not a reader who waits, and its failures must not shut the source to readers.
/// </summary>
internal sealed class CapabilityCall(SourceGate gate, ConnectorCall call, TimeProvider clock)
{
    /// <param name="source">The source.</param>
    /// <param name="capability">Name of the SDK interface its connector must have.</param>
    /// <param name="work">What to do with the connector.</param>
    /// <param name="deadline">Longest wait, the one for a slot included.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more; then this throws.</param>
    /// <returns>Null when the work ended well, else a code (<see cref="CallReasons"/>, or the connector's own).</returns>
    public async Task<string?> RunAsync(
        Source source, string capability, IConnectorWork work, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var (admitted, _, refusal) = gate.Enter(source);
        if (admitted is null)
            return refusal ?? CallReasons.Closed;
        try
        {
            return admitted.Capabilities.Contains(capability)
                ? await SlottedAsync(admitted, work, deadline, cancellationToken)
                : CallReasons.NoCapability;
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }

    private async Task<string?> SlottedAsync(Source source, IConnectorWork work, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var slots = source.Connection!.Slots;
        if (slots.AllStuck)
            return CallReasons.StuckCalls;
        var started = clock.GetTimestamp();
        var slot = await slots.AcquireAsync(deadline, clock, cancellationToken);
        if (slot is null)
            return CallReasons.Busy;
        try
        {
            var left = deadline - clock.GetElapsedTime(started);
            var end = await call.RunAsync(source, work, left > TimeSpan.Zero ? left : TimeSpan.Zero, slots, cancellationToken);
            return end.DeadlinePassed ? CallReasons.Deadline : end.Fault;
        }
        finally
        {
            slots.Return(slot);
        }
    }
}
