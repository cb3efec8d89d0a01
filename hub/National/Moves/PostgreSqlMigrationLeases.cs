using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.Engine;
using Medallion.Threading;
using Medallion.Threading.Postgres;
using Npgsql;

namespace DmpFederation.Hub.National.Moves;

/// <summary>
/// Rights by advisory locks of the server, which a connection holds: they are free once that breaks, so that a node that was killed stops nobody. The
/// owner of before may not know yet; the token keeps it from writing. Thread-safe.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="tokens">Numbers the owners.</param>
/// <param name="connectionString">Npgsql's.</param>
internal sealed class PostgreSqlMigrationLeases(NationalStore store, LeaseTokens tokens, string connectionString) : IMigrationLeases
{
    /// <summary>Between two looks whether the connection still stands, where nothing tells.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>A pool of their own: a lock is held for hours, and must not take a connection from those who read.</summary>
    private readonly string connections =
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "dmpfed migration leases" }.ConnectionString;

    public async Task<IMigrationLease?> TryTakeAsync(string work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(work);
        await StoreBorder.Migrations.ReadyAsync(store, cancellationToken);
        if (await TryLockAsync(work, cancellationToken) is not { } held)
            return null;
        try
        {
            return new Lease(held, new Fence(work, await tokens.NextAsync(store, work, cancellationToken)));
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private async Task<IDistributedSynchronizationHandle?> TryLockAsync(string work, CancellationToken cancellationToken)
    {
        var key = new PostgresAdvisoryLockKey($"dmpfed/migration/{work}", allowHashing: true);
        try
        {
            return await new PostgresDistributedLock(key, connections, static options => options.KeepaliveCadence(KeepAlive))
                .TryAcquireAsync(TimeSpan.Zero, cancellationToken);
        }
        catch (Exception fault) when (NationalStore.IsOfEngine(fault, cancellationToken))
        {
            throw new MigrationUnavailableException(store.Broken(fault).Code);
        }
    }

    private sealed class Lease(IDistributedSynchronizationHandle held, Fence fence) : IMigrationLease
    {
        public Fence Fence => fence;

        // Asking for it is what makes the library watch the connection.
        public CancellationToken Lost { get; } = held.HandleLostToken;

        public async ValueTask DisposeAsync()
        {
            try
            {
                await held.DisposeAsync();
            }
            catch (Exception fault) when (fault is InvalidOperationException || NationalStore.IsOfEngine(fault, CancellationToken.None))
            {
                // The connection broke, which the library says in either way: the server has given the lock free already.
            }
        }
    }
}
