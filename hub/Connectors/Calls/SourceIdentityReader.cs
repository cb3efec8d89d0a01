using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Guarded access to the identity traits a source holds (<see cref="IIdentityLookup"/>).</summary>
internal interface ISourceIdentityReader
{
    /// <summary>Finds the persons a source files under a key. Never fails, but for the caller being gone.</summary>
    Task<IdentityOutcome> FindAsync(Source source, PatientKey key, TimeSpan deadline, CancellationToken cancellationToken);
}

/// <summary>What one identity lookup gave.</summary>
internal sealed record IdentityOutcome
{
    public required Source Source { get; init; }

    /// <summary>As for reading; <see cref="SourceStatus.NotAsked"/> with <c>NO_CAPABILITY</c> when the source holds no traits.</summary>
    public required SourceStatus Status { get; init; }

    /// <summary>Stable upper-case code; null when answered.</summary>
    public string? Reason { get; init; }

    /// <summary>Persons filed under the key: none when unknown, several when the source has duplicates.</summary>
    public IReadOnlyList<PatientTraits> Persons { get; init; } = [];

    public TimeSpan Elapsed { get; init; }
}

/// <summary>The guards of reading entries, around the identity lookup: gate, its own circuit, the source's slots, deadline, wrong-patient guard.</summary>
internal sealed class SourceIdentityReader(
    SourceGate gate, ConnectorCall call, ShutSources shut, ConnectorsMetrics metrics, TimeProvider clock) : ISourceIdentityReader
{
    private const int MostPersons = 100;

    public async Task<IdentityOutcome> FindAsync(Source source, PatientKey key, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var outcome = await GatedAsync(source, key, deadline, cancellationToken);
        metrics.Record(source.Id, "identity", outcome.Status, outcome.Elapsed, 0);
        return outcome;
    }

    private async Task<IdentityOutcome> GatedAsync(Source source, PatientKey key, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var (admitted, status, reason) = gate.Enter(source);
        if (admitted is null)
            return new IdentityOutcome { Source = source, Status = status, Reason = reason };
        try
        {
            if (!admitted.Capabilities.Contains(nameof(IIdentityLookup)))
                return new IdentityOutcome { Source = source, Status = SourceStatus.NotAsked, Reason = CallReasons.NoCapability };
            return await CircuitGuard.RunAsync(
                admitted.Connection!.IdentityCircuit,
                (reader: this, admitted, key, deadline),
                static (state, token) => state.reader.CallAsync(state.admitted, state.key, state.deadline, token),
                static state => new IdentityOutcome
                {
                    Source = state.admitted,
                    Status = SourceStatus.CircuitOpen,
                    Reason = CallReasons.CircuitOpen,
                },
                cancellationToken);
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }

    private async Task<IdentityOutcome> CallAsync(Source source, PatientKey key, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var slots = source.Connection!.Slots;
        var started = clock.GetTimestamp();
        var longest = deadline < source.Budget.Timeout ? deadline : source.Budget.Timeout;
        var slot = slots.AllStuck ? null : await slots.AcquireAsync(longest, clock, cancellationToken);
        if (slot is null)
        {
            return slots.AllStuck
                ? new IdentityOutcome { Source = source, Status = SourceStatus.Failed, Reason = CallReasons.StuckCalls }
                : new IdentityOutcome { Source = source, Status = SourceStatus.TimedOut, Reason = CallReasons.Busy };
        }
        try
        {
            var search = new Search(key);
            var left = longest - clock.GetElapsedTime(started);
            var end = await call.RunAsync(source, search, left > TimeSpan.Zero ? left : TimeSpan.Zero, slots, cancellationToken);
            return Answer(source, search, end, clock.GetElapsedTime(started));
        }
        finally
        {
            slots.Return(slot);
        }
    }

    private IdentityOutcome Answer(Source source, Search search, CallEnd end, TimeSpan elapsed)
    {
        var persons = search.Close();
        if (search.WrongPatient)
        {
            shut.Shut(source);
            return new IdentityOutcome
            {
                Source = source,
                Status = SourceStatus.Quarantined,
                Reason = CallReasons.WrongPatient,
                Elapsed = elapsed,
            };
        }
        var reason = search.TooLarge ? SourceFaultCodes.TooLarge : end.DeadlinePassed ? CallReasons.Deadline : end.Fault;
        var status = reason is null ? SourceStatus.Answered
            : persons.Count > 0 ? SourceStatus.Partial
            : end.DeadlinePassed ? SourceStatus.TimedOut
            : SourceStatus.Failed;
        return new IdentityOutcome { Source = source, Status = status, Reason = reason, Persons = persons, Elapsed = elapsed };
    }

    private sealed class Search(PatientKey key) : IConnectorWork
    {
        private readonly Lock gate = new();
        private readonly List<PatientTraits> persons = [];
        private bool closed;

        public bool TooLarge { get; private set; }

        public bool WrongPatient { get; private set; }

        public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
        {
            await foreach (var person in ((IIdentityLookup)connector).FindTraitsAsync(key, cancellationToken))
            {
                if (!Add(person))
                    return;
            }
        }

        public IReadOnlyList<PatientTraits> Close()
        {
            lock (gate)
            {
                closed = true;
                return persons;
            }
        }

        private bool Add(PatientTraits? person)
        {
            lock (gate)
            {
                if (closed || person?.Keys is null || person.GivenNames is null)
                    return !closed;
                if (person.Keys.Count > 0 && !person.Keys.Contains(key))
                {
                    persons.Clear();
                    return !(WrongPatient = true);
                }
                if (persons.Count >= MostPersons)
                    return !(TooLarge = true);
                persons.Add(person);
                return true;
            }
        }
    }
}
