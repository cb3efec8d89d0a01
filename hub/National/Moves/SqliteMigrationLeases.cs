using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;

namespace DmpFederation.Hub.National.Moves;

/// <summary>
/// Rights over a SQLite file: the process that first asks for one locks a file beside the database and keeps it while it lives, so that a second
/// process learns at once that this engine is for one. The system gives the lock free when its process ends, however it ends. Thread-safe.
/// </summary>
/// <param name="store">The database.</param>
/// <param name="tokens">Numbers the owners.</param>
/// <param name="file">Path of the database.</param>
internal sealed class SqliteMigrationLeases(NationalStore store, LeaseTokens tokens, string file) : IMigrationLeases, IDisposable
{
    /// <summary>Code: another process does the migration work of this file.</summary>
    public const string SecondNode = "SECOND_NODE";

    private readonly Lock gate = new();
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private FileStream? node;

    public async Task<IMigrationLease?> TryTakeAsync(string work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(work);
        await StoreBorder.Migrations.ReadyAsync(store, cancellationToken);
        lock (gate)
        {
            node ??= Lock(file + ".node");
            if (!held.Add(work))
                return null;
        }
        try
        {
            return new Lease(this, new Fence(work, await tokens.NextAsync(store, work, cancellationToken)));
        }
        catch
        {
            Release(work);
            throw;
        }
    }

    public void Dispose()
    {
        lock (gate)
            node?.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new FileStream(path, options);
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw new MigrationUnavailableException(SecondNode);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new MigrationUnavailableException(StoreFault.CodeOf(fault));
        }
    }

    private void Release(string work)
    {
        lock (gate)
            held.Remove(work);
    }

    private sealed class Lease(SqliteMigrationLeases owner, Fence fence) : IMigrationLease
    {
        private int released;

        public Fence Fence => fence;

        /// <summary>Never: only the end of the process ends it.</summary>
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                owner.Release(fence.Work);
            return ValueTask.CompletedTask;
        }
    }
}
