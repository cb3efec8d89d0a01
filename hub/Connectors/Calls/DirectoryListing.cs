using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Takes the next patients of a directory as they come, and shuts when the answer is made: what comes later is ignored.</summary>
internal sealed class DirectoryListing(PatientPartition partition, PatientKey? after, int most) : IConnectorWork
{
    private readonly Lock gate = new();
    private readonly List<PatientKey> keys = [];
    private bool ended;
    private bool closed;

    public async Task RunAsync(ISourceConnector connector, CancellationToken cancellationToken)
    {
        await foreach (var key in ((IPatientDirectory)connector).ListPatientsAsync(partition, after, cancellationToken))
        {
            lock (gate)
            {
                if (closed)
                    return;
                if (!EntryCheck.IsKey(key))
                    throw new SourceFaultException(CallReasons.BadEntry);
                keys.Add(key);
                if (keys.Count >= most)
                    return;
            }
        }
        lock (gate)
            ended = !closed;
    }

    public DirectoryPage Close(string? reason)
    {
        lock (gate)
        {
            closed = true;
            return new DirectoryPage(keys, ended && reason is null, reason);
        }
    }
}
