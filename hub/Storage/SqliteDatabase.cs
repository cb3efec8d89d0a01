using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Storage;

/// <summary>A store in a SQLite file of its own.</summary>
/// <param name="file">The file.</param>
/// <param name="connect">Makes a context on a connection string.</param>
internal sealed class SqliteDatabase<TDb>(SqliteFile file, Func<string, TDb> connect) : IStoreDatabase<TDb>
    where TDb : DbContext
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    public bool Exists => file.Exists;

    public TDb Connect() => connect(file.ConnectionString);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        file.Protect();
        await using var db = Connect();
        if (!(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        await using var alone = await LockAsync(cancellationToken);
        await SqliteFile.WriteAheadAsync(db, cancellationToken);
        // The library marks a running migration by a row and waits while it is there: one whose process was killed would stop every hub after it.
        // Whoever holds the file below is alone, so such a row is a dead one's.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>The system gives the file free when its process ends, however it ends.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(file.Path + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Path.Exists(file.Path + ".migrating"))
            {
                await Task.Delay(Retry, TimeProvider.System, cancellationToken);
            }
        }
    }
}
