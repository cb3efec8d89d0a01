using System.Data.Common;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// The one door to the national database. It is made ready by the first use, or by the hub's start, and again after every fault: whoever mends it
/// need not restart the hub. While it cannot be made ready, every use fails at once with the code of the last try; one use in half a second tries.
/// Thread-safe.
/// </summary>
internal sealed class NationalStore(IStoreDatabase<NationalDb> database, TimeProvider clock) : IDisposable
{
    /// <summary>Between two tries: a server that cannot be reached must not keep every request waiting for the same answer.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest try: a server that takes connections and says nothing is a fault too.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim writers = new(1);
    private bool ready;
    private Task? preparing;
    private NationalUnavailableException? failure;
    private long failedAt;

    /// <summary>Ends when the database can be used; at once when it was usable before.</summary>
    /// <exception cref="NationalUnavailableException">It cannot be used now.</exception>
    public ValueTask ReadyAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref ready) ? ValueTask.CompletedTask : new ValueTask(Prepare().WaitAsync(cancellationToken));

    /// <summary>Does a piece of reading on a context of its own.</summary>
    /// <exception cref="NationalUnavailableException">The database cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<NationalDb, Task<T>> work, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        try
        {
            await using var db = database.Connect();
            return await work(db);
        }
        catch (Exception fault) when (IsOfEngine(fault, cancellationToken))
        {
            throw Broken(fault);
        }
    }

    /// <summary>Does a piece of work that writes, on a context of its own.</summary>
    /// <exception cref="NationalUnavailableException">The database cannot be used; nothing was done.</exception>
    public Task<T> WriteAsync<T>(Func<NationalDb, Task<T>> work, CancellationToken cancellationToken) => ReadAsync(
        async db =>
        {
            if (!db.OneWriterAtATime)
                return await work(db);
            await writers.WaitAsync(cancellationToken);
            try
            {
                return await work(db);
            }
            finally
            {
                writers.Release();
            }
        },
        cancellationToken);

    public void Dispose() => writers.Dispose();

    /// <summary>Notes a fault of the engine: the next use looks at the database anew.</summary>
    public NationalUnavailableException Broken(Exception fault)
    {
        Volatile.Write(ref ready, false);
        return new NationalUnavailableException(StoreFault.CodeOf(fault));
    }

    /// <summary>True for what an engine throws, and EF Core around it; a caller's own mistakes and conflicts are not of the engine.</summary>
    public static bool IsOfEngine(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        PolicyConflictException or ArgumentException or NationalUnavailableException => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        DbException or DbUpdateException or IOException or UnauthorizedAccessException or TimeoutException => true,
        // EF Core wraps a passing fault of Npgsql in this.
        InvalidOperationException => fault.InnerException is { } cause && IsOfEngine(cause, cancellationToken),
        _ => false,
    };

    private Task Prepare()
    {
        lock (gate)
        {
            if (ready)
                return Task.CompletedTask;
            if (failure is not null && (preparing is not null || clock.GetElapsedTime(failedAt) < RetryAfter))
                return Task.FromException(new NationalUnavailableException(failure.Code));
            return preparing ??= Task.Run(TryAsync);
        }
    }

    private async Task TryAsync()
    {
        NationalUnavailableException? problem = null;
        try
        {
            using var deadline = new CancellationTokenSource(LongestTry, clock);
            await database.PrepareAsync(deadline.Token);
        }
        catch (Exception fault)
        {
            // Whatever it is: what cannot be made ready is not used.
            problem = fault as NationalUnavailableException ?? new NationalUnavailableException(StoreFault.CodeOf(fault));
        }
        lock (gate)
        {
            preparing = null;
            failure = problem;
            failedAt = clock.GetTimestamp();
            Volatile.Write(ref ready, problem is null);
        }
        if (problem is not null)
            throw problem;
    }
}
