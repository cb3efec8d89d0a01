using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Storage;

/// <summary>A store in a PostgreSQL database that it may share with the hub's other stores and with other nodes.</summary>
/// <param name="connectionString">Npgsql's.</param>
/// <param name="connect">Makes a context on a connection string.</param>
internal sealed class PostgreSqlDatabase<TDb>(string connectionString, Func<string, TDb> connect) : IStoreDatabase<TDb>
    where TDb : DbContext
{
    // "dmpfed" in ASCII: one lock for the migrations of every store.
    private const long MigrationLock = 0x646D70666564;

    public bool Exists => true;

    public TDb Connect() => connect(connectionString);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var db = Connect();
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        // Held by a connection, so the server gives it free when its process ends. The library's own lock lies on a table that two nodes may be
        // making at the same time.
        await using var alone = Connect();
        await alone.Database.OpenConnectionAsync(cancellationToken);
        await alone.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await alone.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }
}
