using DmpFederation.Hub.Connectors;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>
/// The quarantine in one SQLite file (WAL), readable by its owner alone. Connections are not pooled: a file that was moved away is noticed at the
/// next use instead of being written on.
/// </summary>
internal sealed class SqliteQuarantine : IQuarantineDatabase
{
    public const string FileName = "quarantine.db";
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly string folder;
    private readonly string file;
    private readonly DbContextOptions<QuarantineDb> contextOptions;

    public SqliteQuarantine(IOptions<QuarantineOptions> options, IOptions<ConnectorsOptions> connectors)
    {
        folder = Path.GetFullPath(options.Value.Folder ?? Path.Combine(connectors.Value.StateFolder, "quarantine"));
        file = Path.Combine(folder, FileName);
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(options.Value.BusyTimeout.TotalSeconds),
        };
        contextOptions = new DbContextOptionsBuilder<QuarantineDb>().UseSqlite(connection.ConnectionString).Options;
    }

    public bool Exists => Path.Exists(file);

    public QuarantineDb Connect() => new(contextOptions);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Protect();
        await using var db = Connect();
        if (await VersionsAsync(db, cancellationToken) is not [QuarantineDb.Version])
            throw new QuarantineUnavailableException("SCHEMA");
    }

    /// <summary>The codes of SQLite (result codes and meanings: sqlite.org/rescode.html).</summary>
    public string CodeOf(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqliteException sqlite:
                    return sqlite.SqliteErrorCode switch
                    {
                        5 or 6 => "BUSY",
                        8 => "READ_ONLY",
                        10 or 14 => "UNREACHABLE",
                        11 or 26 => "DAMAGED",
                        13 => "DISK_FULL",
                        1 => "SCHEMA",
                        _ => "FAULT",
                    };
                case IOException or UnauthorizedAccessException:
                    return "UNREACHABLE";
            }
        }
        return "FAULT";
    }

    /// <summary>SQLite gives its side files the rights of the file, which it takes as it finds it: so it is made before SQLite opens it.</summary>
    private void Protect()
    {
        if (OperatingSystem.IsWindows())
        {
            // Rights are inherited there: the state folder lies below the user's own local application data.
            Directory.CreateDirectory(folder);
            File.Open(file, FileMode.OpenOrCreate).Dispose();
            return;
        }
        Directory.CreateDirectory(folder, OwnerFolder);
        if (!Path.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerFile };
            File.Open(file, options).Dispose();
        }
        if (File.GetUnixFileMode(folder) != OwnerFolder)
            File.SetUnixFileMode(folder, OwnerFolder);
        if (File.GetUnixFileMode(file) != OwnerFile)
            File.SetUnixFileMode(file, OwnerFile);
    }

    private static async Task<List<int>> VersionsAsync(QuarantineDb db, CancellationToken cancellationToken)
    {
        try
        {
            if (await db.Database.EnsureCreatedAsync(cancellationToken))
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is 1 or 5 or 6)
        {
            // Another process makes the tables at the same time: the version tells whether it did.
        }
        return await db.Versions.Select(static version => version.Number).ToListAsync(cancellationToken);
    }
}
