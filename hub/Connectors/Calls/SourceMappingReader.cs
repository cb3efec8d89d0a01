using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Guarded access to the codes a connector's table does not map (<see cref="IMappingReport"/>).</summary>
internal interface ISourceMappingReader
{
    /// <summary>Lists them. Never fails, but for the caller being gone.</summary>
    Task<MappingOutcome> ListAsync(Source source, CancellationToken cancellationToken);
}

/// <summary>What one listing gave.</summary>
/// <param name="Status"><see cref="SourceStatus.NotAsked"/> with <c>NO_CAPABILITY</c> when the connector cannot say.</param>
/// <param name="Reason">Stable upper-case code; null when answered.</param>
/// <param name="Codes">The codes, the most used first, as far as they came.</param>
internal sealed record MappingOutcome(SourceStatus Status, string? Reason, IReadOnlyList<UnmappedCode> Codes);

/// <summary>
/// An operator's question, asked seldom: it takes no call slot and no circuit, and waits no longer than the source's budget.
/// </summary>
internal sealed class SourceMappingReader(SourceGate gate, ConnectorCall call) : ISourceMappingReader
{
    /// <summary>Most codes taken; a table that lacks more is no table.</summary>
    public const int MostCodes = 5_000;

    public async Task<MappingOutcome> ListAsync(Source source, CancellationToken cancellationToken)
    {
        var (admitted, status, reason) = gate.Enter(source);
        if (admitted is null)
            return new MappingOutcome(status, reason, []);
        try
        {
            if (!admitted.Capabilities.Contains(nameof(IMappingReport)))
                return new MappingOutcome(SourceStatus.NotAsked, CallReasons.NoCapability, []);
            var listing = new Listing();
            var end = await call.RunAsync(admitted, listing, admitted.Budget.Timeout, null, cancellationToken);
            var codes = listing.Close();
            return end.DeadlinePassed ? new MappingOutcome(SourceStatus.TimedOut, CallReasons.Deadline, codes)
                : end.Fault is { } fault ? new MappingOutcome(SourceStatus.Failed, fault, codes)
                : new MappingOutcome(SourceStatus.Answered, null, codes);
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }

    private sealed class Listing : IConnectorWork
    {
        private readonly Lock gate = new();
        private readonly List<UnmappedCode> codes = [];
        private bool closed;

        public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
        {
            await foreach (var code in ((IMappingReport)connector).ListUnmappedAsync(cancellationToken))
            {
                lock (gate)
                {
                    if (closed || codes.Count >= MostCodes)
                        return;
                    // Annotations bind no plug-in.
                    if (code is { System: not null, Code: not null })
                        codes.Add(code);
                }
            }
        }

        public IReadOnlyList<UnmappedCode> Close()
        {
            lock (gate)
            {
                closed = true;
                return codes;
            }
        }
    }
}
