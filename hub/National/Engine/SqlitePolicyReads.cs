using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// Reads policies from a SQLite file. One kept connection is asked for the file's data version at every lookup: while it stands, nobody changed
/// anything and a kept policy holds. When it moved, the person's epoch is compared, and only a policy with another epoch is read again. The version is
/// read before what it stands for, so a change in between is met at the next lookup. Thread-safe.
/// </summary>
internal sealed class SqlitePolicyReads(string connectionString, int keepPolicies, TimeProvider clock) : IPolicyReads, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly PolicyCache kept = new(keepPolicies);
    private SqlitePolicySession? session;

    public async ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(Session(), key, cancellationToken);
        }
        catch
        {
            // Whatever happened to the file may have happened to the connection.
            Close();
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        Close();
        gate.Dispose();
    }

    private async ValueTask<PatientPolicy> FindAsync(SqlitePolicySession open, PatientKey key, CancellationToken cancellationToken)
    {
        var version = open.Version();
        var known = kept.Find(key);
        if (known?.Version == version)
            return known.Policy;
        if (open.Find(key) is not { } found)
        {
            kept.Forget(key);
            return PatientPolicy.None;
        }
        var policy = known is not null && known.Policy.Person?.Value == found.Person && known.Policy.Epoch == found.Epoch
            ? known.Policy
            : await open.LoadAsync(found.Person, clock.GetUtcNow(), cancellationToken) ?? PatientPolicy.None;
        kept.Keep(key, new KeptPolicy(policy, version));
        return policy;
    }

    private SqlitePolicySession Session()
    {
        if (session is { } open && File.GetCreationTimeUtc(open.File) == open.Made)
            return open;
        Close();
        return session = new SqlitePolicySession(connectionString);
    }

    /// <summary>Versions of one connection mean nothing to another.</summary>
    private void Close()
    {
        session?.Dispose();
        session = null;
        kept.Clear();
    }
}
