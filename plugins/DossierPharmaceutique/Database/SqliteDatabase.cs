using System.Data.Common;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DmpFederation.Plugins.DossierPharmaceutique.Database;

/// <summary>A SQLite file, opened read-only and pooled.</summary>
internal sealed class SqliteDatabase : DpDatabase
{
    /// <summary>
    /// The driver waits for a locked file in steps that no token stops, so the wait itself is short: a connector must end within a second of
    /// cancellation.
    /// </summary>
    private const int LockWaitSeconds = 1;

    private readonly string connectionString;
    private readonly string file;
    private long fileCreated;

    public SqliteDatabase(string connection)
    {
        var settings = new SqliteConnectionStringBuilder(connection)
        {
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = LockWaitSeconds,
        };
        connectionString = settings.ConnectionString;
        file = settings.DataSource;
    }

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ForgetReplacedFile();
        var opened = new SqliteConnection(connectionString);
        try
        {
            opened.Open();
            return new ValueTask<DbConnection>(opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The driver ignores cancellation while SQLite steps; SQLite itself can be told to stop. Disposing the registration waits for a running
    /// callback, so that the interrupt cannot hit whoever takes the connection from the pool next.
    /// </summary>
    public override IDisposable? Interrupt(DbConnection connection, CancellationToken cancellationToken)
    {
        var handle = ((SqliteConnection)connection).Handle;
        return cancellationToken.Register(() => raw.sqlite3_interrupt(handle));
    }

    public override string? FaultCode(Exception error) =>
        error is SqliteException { SqliteErrorCode: var code } ? Meaning(code)
        : error is IOException or UnauthorizedAccessException ? SourceFaultCodes.Unreachable
        : null;

    public override ValueTask DisposeAsync()
    {
        // Idle pooled connections would keep the host's file open.
        ClearPool();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// A host may put a new file in the place of the old one. Pooled connections would go on reading the old one, which is no longer there for
    /// anybody else.
    /// </summary>
    private void ForgetReplacedFile()
    {
        var now = File.GetCreationTimeUtc(file).Ticks;
        if (Interlocked.Exchange(ref fileCreated, now) != now)
            ClearPool();
    }

    private void ClearPool()
    {
        using var any = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(any);
    }

    /// <summary>SQLite's result codes (sqlite.org/rescode.html): no database or another schema, not allowed, else out of reach.</summary>
    private static string Meaning(int code) => code switch
    {
        raw.SQLITE_ERROR or raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT or raw.SQLITE_MISMATCH or raw.SQLITE_FORMAT => SourceFaultCodes.BadAnswer,
        raw.SQLITE_AUTH or raw.SQLITE_PERM => SourceFaultCodes.Refused,
        _ => SourceFaultCodes.Unreachable,
    };
}
