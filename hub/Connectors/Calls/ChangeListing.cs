using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>
/// Takes the next changes of a feed as they come, and keeps of each only whom it is about: what a patient's record says now is read, not pieced
/// together out of changes.
/// </summary>
internal sealed class ChangeListing(string? cursor, int most) : IConnectorWork
{
    private readonly Lock gate = new();
    private readonly HashSet<PatientKey> patients = [];
    private string? last;
    private int count;
    private bool unattributed;
    private bool ended;
    private bool closed;

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        await foreach (var change in ((IChangeFeed)connector).ReadChangesAsync(cursor, cancellationToken))
        {
            lock (gate)
            {
                if (closed)
                    return;
                // Without a cursor there is no going on after it: what it says would be lost, or read for ever.
                if (change?.Cursor is not { } next)
                    throw new SourceFaultException(CallReasons.BadEntry);
                if (PatientOf(change) is { } key && EntryCheck.IsKey(key))
                    patients.Add(key);
                else
                    unattributed = true;
                last = next;
                if (++count >= most)
                    return;
            }
        }
        lock (gate)
            ended = !closed;
    }

    public ChangePage Close(string? reason)
    {
        lock (gate)
        {
            closed = true;
            return new ChangePage(patients, count, unattributed, last, ended && reason is null, reason);
        }
    }

    private static PatientKey? PatientOf(SourceChange change) => change switch
    {
        EntryChanged { Entry: { } entry } => entry.FiledUnder,
        EntryWithdrawn withdrawn => withdrawn.Patient,
        ItemUnreadable { Item: { } item } => item.Patient,
        _ => null,
    };
}
