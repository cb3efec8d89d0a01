using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>The quarantine in one SQLite file, readable by its owner alone.</summary>
internal sealed class SqliteQuarantine : IQuarantineDatabase
{
    public const string FileName = "quarantine.db";

    private readonly SqliteFile file;
    private readonly DbContextOptions<QuarantineDb> contextOptions;

    public SqliteQuarantine(IOptions<QuarantineOptions> options, IOptions<ConnectorsOptions> connectors)
    {
        var folder = options.Value.Folder ?? Path.Combine(connectors.Value.StateFolder, "quarantine");
        file = new SqliteFile(folder, FileName, options.Value.BusyTimeout);
        contextOptions = new DbContextOptionsBuilder<QuarantineDb>().UseSqlite(file.ConnectionString).Options;
    }

    public bool Exists => file.Exists;

    public QuarantineDb Connect() => new(contextOptions);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        file.Protect();
        await using var db = Connect();
        if (await VersionsAsync(db, cancellationToken) is not [QuarantineDb.Version])
            throw new QuarantineUnavailableException(StoreFault.Schema);
    }

    public string CodeOf(Exception fault) => StoreFault.CodeOf(fault);

    private static async Task<List<int>> VersionsAsync(QuarantineDb db, CancellationToken cancellationToken)
    {
        try
        {
            if (await db.Database.EnsureCreatedAsync(cancellationToken))
                await SqliteFile.WriteAheadAsync(db, cancellationToken);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is 1 or 5 or 6)
        {
            // Another process makes the tables at the same time: the version tells whether it did.
        }
        return await db.Versions.Select(static version => version.Number).ToListAsync(cancellationToken);
    }
}
