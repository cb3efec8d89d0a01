using DmpFederation.Plugins.ReseauDiabete.Exports;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>
/// Keeps the index equal to the folder. One task at a time takes new exports, whoever asked first; a reader waits for it a little, then goes on with
/// the state before, which is whole.
/// </summary>
internal sealed class ExportIndex(ExportFolder folder, IndexFile file, ExportPatience patience, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>No export has ever been taken: who is unknown cannot be said.</summary>
    public const string NoExport = "NO_EXPORT";

    private const int MostLooks = 3;

    private readonly ExportTaker taker = new(file);
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private Task<SourceFaultException?>? running;
    private FolderListing? handled;
    private Dictionary<string, ExportVerdict> verdicts = new(StringComparer.Ordinal);
    private volatile bool isFilled;
    private bool closed;

    /// <summary>Begins to take what is new, without waiting for it.</summary>
    /// <exception cref="SourceFaultException">The folder is not there, or holds no export.</exception>
    public void Begin()
    {
        if (folder.List().Exports.Count == 0)
            throw new SourceFaultException(NoExport);
        _ = Start();
    }

    /// <summary>Takes what is new, waiting as long as the settings allow.</summary>
    /// <returns>What the answer lacks because files are refused or stay unfinished.</returns>
    /// <exception cref="SourceFaultException">The folder is not there, holds no export, or the index failed.</exception>
    public async ValueTask<IReadOnlyList<RefusedFile>> CatchUpAsync(CancellationToken cancellationToken)
    {
        // A file that grows at every look does not hold up a read for ever.
        for (var look = 0; look < MostLooks && !IsHandled(folder.List()); look++)
        {
            var work = Start();
            try
            {
                var fault = isFilled
                    ? await work.WaitAsync(patience.WaitForExport, clock, cancellationToken)
                    : await work.WaitAsync(cancellationToken);
                if (fault is not null)
                    throw fault;
            }
            catch (TimeoutException)
            {
                break;
            }
        }
        return isFilled ? Refused() : throw new SourceFaultException(NoExport);
    }

    /// <summary>Forgets a damaged index; the next catch-up builds it anew.</summary>
    public void Discard()
    {
        lock (gate)
        {
            file.Remove();
            handled = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? work;
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            work = running;
        }
        await ending.CancelAsync();
        if (work is not null)
            await work;
        ending.Dispose();
        file.Close();
    }

    private bool IsHandled(FolderListing listing)
    {
        lock (gate)
            return running is not { IsCompleted: false } && listing.IsSame(handled) && file.Exists;
    }

    private Task<SourceFaultException?> Start()
    {
        lock (gate)
        {
            if (running is { IsCompleted: false } already)
                return already;
            if (closed)
                throw new SourceFaultException(SourceFaultCodes.Unreachable);
            return running = Task.Run(TakeAll, CancellationToken.None);
        }
    }

    /// <summary>Never throws: who began it may no longer wait for it.</summary>
    private SourceFaultException? TakeAll()
    {
        try
        {
            return Take();
        }
        catch (OperationCanceledException)
        {
            return new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (SourceFaultException fault)
        {
            return fault;
        }
        catch (SqliteException fault)
        {
            if (IndexFile.IsDamage(fault))
                Discard();
            return IndexFile.Fault();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }

    private SourceFaultException? Take()
    {
        var anew = file.Ensure();
        var listing = folder.List();
        var known = verdicts;
        var found = new Dictionary<string, ExportVerdict>(StringComparer.Ordinal);
        foreach (var export in listing.Exports)
        {
            ending.Token.ThrowIfCancellationRequested();
            found[export.Name] = !anew && known.TryGetValue(export.Name, out var before) && before.Listed == export
                ? before
                : taker.Take(export, ending.Token);
        }
        lock (gate)
        {
            verdicts = found;
            handled = listing;
            isFilled = HoldsAny();
        }
        return null;
    }

    private bool HoldsAny()
    {
        using var connection = file.OpenForReading();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM delivery)";
        return (long)command.ExecuteScalar()! == 1;
    }

    private List<RefusedFile> Refused()
    {
        lock (gate)
        {
            var refused = new List<RefusedFile>(handled?.Refused ?? []);
            var settled = clock.GetUtcNow().UtcTicks - patience.Settle.Ticks;
            foreach (var verdict in verdicts.Values)
            {
                if (verdict.Refused is { } one)
                    refused.Add(one);
                else if (verdict.IsWaiting && verdict.Listed.Written <= settled)
                    refused.Add(ExportPatience.Unfinished(verdict.Listed));
            }
            return refused;
        }
    }
}
