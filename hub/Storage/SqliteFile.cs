using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Storage;

/// <summary>
/// One SQLite database (WAL) in a folder of its own, readable by its owner alone. Connections are not pooled: a file that was moved away is noticed
/// at the next use instead of being written on.
/// </summary>
internal sealed class SqliteFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly string folder;

    /// <param name="folder">Folder of this database alone.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="busyTimeout">Longest wait for another process that writes.</param>
    public SqliteFile(string folder, string name, TimeSpan busyTimeout)
    {
        this.folder = System.IO.Path.GetFullPath(folder);
        Path = System.IO.Path.Combine(this.folder, name);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
        }.ConnectionString;
    }

    public string Path { get; }

    public string ConnectionString { get; }

    public bool Exists => System.IO.Path.Exists(Path);

    /// <summary>SQLite gives its side files the rights of the file, which it takes as it finds it: so it is made before SQLite opens it.</summary>
    public void Protect()
    {
        if (OperatingSystem.IsWindows())
        {
            // Rights are inherited there: the state folder lies below the user's own local application data.
            Directory.CreateDirectory(folder);
            File.Open(Path, FileMode.OpenOrCreate).Dispose();
            return;
        }
        Directory.CreateDirectory(folder, OwnerFolder);
        if (!Exists)
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, UnixCreateMode = OwnerFile };
            File.Open(Path, options).Dispose();
        }
        if (File.GetUnixFileMode(folder) != OwnerFolder)
            File.SetUnixFileMode(folder, OwnerFolder);
        if (File.GetUnixFileMode(Path) != OwnerFile)
            File.SetUnixFileMode(Path, OwnerFile);
    }

    /// <summary>Readers and one writer beside each other. The file remembers it.</summary>
    public static Task WriteAheadAsync(DbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken);
}
