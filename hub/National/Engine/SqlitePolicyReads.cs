using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// Reads policies from a SQLite file. A kept connection is asked for the file's data version at every lookup: while it stands, nobody changed anything
/// and a kept policy holds. When it moved, the person's epoch is compared, and only a policy with another epoch is read again. The version is read
/// before what it stands for, so a change in between is met at the next lookup. Thread-safe.
/// </summary>
internal sealed class SqlitePolicyReads(string connectionString, int keepPolicies, TimeProvider clock) : IPolicyReads, IDisposable
{
    /// <summary>Between two looks whether the file is still the same one. Replacing it under a running hub is a mistake, but must not go unseen.</summary>
    private static readonly TimeSpan SameFileWithin = TimeSpan.FromMilliseconds(100);

    /// <summary>Held for the one question of every lookup; who replaces the session holds both.</summary>
    private readonly Lock asking = new();

    /// <summary>Held by the one who reads; after this one comes <see cref="asking"/>, never before.</summary>
    private readonly SemaphoreSlim reading = new(1);

    private readonly PolicyCache kept = new(keepPolicies);
    private SqlitePolicySession? session;
    private long lookedAt;

    public ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken)
    {
        try
        {
            lock (asking)
            {
                if (session is { } open && clock.GetElapsedTime(lookedAt) < SameFileWithin
                    && kept.Find(key) is { } known && known.Version == open.Version())
                    return ValueTask.FromResult(known.Policy);
            }
        }
        catch (SqliteException)
        {
            // Asked again below, by the one who may give the session up.
        }
        return ReadAsync(key, cancellationToken);
    }

    public void Dispose()
    {
        Close();
        reading.Dispose();
    }

    private async ValueTask<PatientPolicy> ReadAsync(PatientKey key, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(Session(out var version), version, key, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever happened to the file may have happened to the connections.
            Close();
            throw;
        }
        finally
        {
            reading.Release();
        }
    }

    private async ValueTask<PatientPolicy> ReadAsync(SqlitePolicySession open, long version, PatientKey key, CancellationToken cancellationToken)
    {
        if (open.Find(key) is not { } found)
        {
            kept.Forget(key);
            return PatientPolicy.None;
        }
        var policy = kept.Find(key) is { } known && known.Policy.Person?.Value == found.Person && known.Policy.Epoch == found.Epoch
            ? known.Policy
            : await open.LoadAsync(found.Person, clock.GetUtcNow(), cancellationToken) ?? PatientPolicy.None;
        kept.Keep(key, new KeptPolicy(policy, version));
        return policy;
    }

    private SqlitePolicySession Session(out long version)
    {
        if (session is { } known && File.GetCreationTimeUtc(known.File) != known.Made)
            Close();
        var open = session ?? new SqlitePolicySession(connectionString);
        lock (asking)
        {
            session = open;
            lookedAt = clock.GetTimestamp();
            version = open.Version();
            return open;
        }
    }

    /// <summary>Versions of one connection mean nothing to another.</summary>
    private void Close()
    {
        lock (asking)
        {
            session?.Dispose();
            session = null;
            kept.Clear();
        }
    }
}
