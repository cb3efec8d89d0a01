using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// Takes the items of one call as they arrive, within the byte and row budget, and shuts when the answer is made: what comes later is ignored.
/// Items are kept as they are, not wrapped: this is the hot path.
/// </summary>
internal sealed class ReadCollector(Source source, ReadRequest request) : IConnectorWork
{
    private readonly Lock gate = new();
    private readonly PatientGuard patients = new(request);
    private readonly List<DossierEntry> entries = [];
    private readonly int mostItems = (int)Math.Min(int.MaxValue, (long)source.Budget.MaxEntries * request.Patients.Count);
    private readonly long mostBytes = source.Budget.MaxBytes * request.Patients.Count;
    private List<Unreadable>? unreadable;
    private List<PatientKey>? unknown;
    private List<PatientFound>? found;
    private List<ReadGap>? patientGaps;
    private DateTimeOffset? asOf;
    private string? gap;
    private int items;
    private long bytes;
    private bool tooLarge;
    private bool wrongPatient;
    private bool closed;

    /// <summary>True when something of another patient arrived: nothing of the call may be shown.</summary>
    public bool WrongPatient => Volatile.Read(ref wrongPatient);

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        await foreach (var item in connector.ReadAsync(request, cancellationToken))
        {
            if (!Add(item))
                return;
        }
    }

    /// <summary>Shuts, and says what came of the call.</summary>
    public SourceOutcome Close(CallEnd end, TimeSpan elapsed)
    {
        lock (gate)
        {
            closed = true;
            wrongPatient |= end.Fault == SourceFaultCodes.WrongPatient;
            if (wrongPatient)
            {
                return new SourceOutcome
                {
                    Source = source,
                    Status = SourceStatus.Quarantined,
                    Reason = CallReasons.WrongPatient,
                    Elapsed = elapsed,
                };
            }
            var (status, reason) = Verdict(end);
            return new SourceOutcome
            {
                Source = source,
                Status = status,
                Reason = reason,
                Entries = entries,
                Unreadable = unreadable ?? (IReadOnlyList<Unreadable>)[],
                Gaps = IsWhole(end) && gap is null ? patientGaps ?? (IReadOnlyList<ReadGap>)[] : [],
                Gap = IsWhole(end) ? gap : null,
                Found = found ?? (IReadOnlyList<PatientFound>)[],
                UnknownPatients = CertainlyUnknown(),
                Elapsed = elapsed,
                AsOf = asOf,
            };
        }
    }

    private (SourceStatus Status, string? Reason) Verdict(CallEnd end)
    {
        var some = entries.Count > 0;
        if (tooLarge)
            return (some ? SourceStatus.Partial : SourceStatus.Failed, SourceFaultCodes.TooLarge);
        if (end.DeadlinePassed)
            return (some ? SourceStatus.Partial : SourceStatus.TimedOut, CallReasons.Deadline);
        if (end.Fault is { } fault)
            return (some ? SourceStatus.Partial : SourceStatus.Failed, fault);
        return (gap ?? patientGaps?[0].Code) is { } code ? (SourceStatus.Partial, code) : (SourceStatus.Answered, null);
    }

    private bool IsWhole(CallEnd end) => !tooLarge && !end.DeadlinePassed && end.Fault is null;

    /// <summary>Who is not in what could be read may be in what could not: of them nothing is said.</summary>
    private IReadOnlyList<PatientKey> CertainlyUnknown()
    {
        if (unknown is null || gap is not null || unreadable?.Exists(static item => item.Patient is null) == true)
            return [];
        return patientGaps is null ? unknown : [.. unknown.Where(key => !patientGaps.Exists(missing => missing.Patient == key))];
    }

    /// <summary>False when no more is wanted.</summary>
    private bool Add(ReadItem? item)
    {
        lock (gate)
        {
            if (closed || tooLarge || wrongPatient)
                return false;
            if (++items > mostItems)
                return !(tooLarge = true);
            switch (item)
            {
                case DossierEntry entry:
                    return AddEntry(entry);
                case Unreadable unread:
                    return AddUnreadable(unread);
                case PatientFound { Patient: var key, Traits: { GivenNames: not null, Keys: not null } } person when EntryCheck.IsKey(key):
                    if (!patients.Asked(key))
                        return Breach();
                    (found ??= []).Add(person);
                    return true;
                case PatientUnknown { Patient: var key }:
                    if (EntryCheck.IsKey(key) && patients.Asked(key) && unknown?.Contains(key) != true)
                        (unknown ??= []).Add(key);
                    return true;
                case SourceAsOf { Moment: var moment }:
                    asOf = asOf is { } earlier && earlier < moment ? earlier : moment;
                    return true;
                case ReadGap { Code: SourceFaultCodes.WrongPatient }:
                    // The connector has seen it and left it out: what else this server says is not believed either.
                    return Breach();
                case ReadGap { Code: var code, Patient: { } key } when EntryCheck.IsKey(key) && patients.Asked(key):
                    (patientGaps ??= []).Add(new ReadGap(CallReasons.Safe(code), key));
                    return true;
                case ReadGap { Code: var code }:
                    gap ??= CallReasons.Safe(code);
                    return true;
                default:
                    gap ??= CallReasons.BadEntry;
                    return true;
            }
        }
    }

    private bool AddEntry(DossierEntry entry)
    {
        if ((bytes += entry.Resource.Length) > mostBytes)
            return !(tooLarge = true);
        if (EntryCheck.Problem(entry) is { } problem)
        {
            if (EntryCheck.IsKey(entry.FiledUnder) && !patients.Accepts(entry))
                return Breach();
            (unreadable ??= []).Add(new Unreadable
            {
                Code = problem.Code,
                Reason = $"The connector's entry {problem.Broken}.",
                Raw = entry.Resource,
                Patient = EntryCheck.IsKey(entry.FiledUnder) ? entry.FiledUnder : null,
                LocalId = entry.LocalId,
            });
            return true;
        }
        if (!patients.Accepts(entry))
            return Breach();
        entries.Add(entry);
        return true;
    }

    private bool AddUnreadable(Unreadable unread)
    {
        if (unread.Patient is { } key && EntryCheck.IsKey(key) && !patients.Asked(key))
            return Breach();
        if ((bytes += unread.Raw.Length) > mostBytes)
            return !(tooLarge = true);
        (unreadable ??= []).Add(unread);
        return true;
    }

    private bool Breach()
    {
        entries.Clear();
        found = null;
        return !(wrongPatient = true);
    }
}
