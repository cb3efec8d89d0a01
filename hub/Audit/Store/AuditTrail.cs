using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// The one writer of a node. Callers wait in a line; a thread of its own takes all that wait and writes them in one durable commit, so that many
/// requests share the wait for the disk and none of them holds a thread of the pool meanwhile. The connection stays open and is opened anew after a
/// fault, so that a disk with room again needs no restart. The border where faults of an engine become a code.
/// </summary>
internal sealed class AuditTrail : IAuditTrail, IDisposable
{
    private readonly IStoreDatabase<AuditDb> database;
    private readonly ChainKeys keys;
    private readonly AuditWatch watch;
    private readonly TimeProvider clock;
    private readonly AuditOptions options;
    private readonly SemaphoreSlim preparing = new(1);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly Queue<Waiting> waiting = new();
    private int waitingLines;
    private int expected;
    private bool gathering;
    private Thread? writer;
    private bool stopped;
    private bool prepared;

    public AuditTrail(IStoreDatabase<AuditDb> database, ChainKeys keys, AuditWatch watch, TimeProvider clock, IOptions<AuditOptions> options)
    {
        this.database = database;
        this.keys = keys;
        this.watch = watch;
        this.clock = clock;
        this.options = options.Value;
    }

    public void Expect()
    {
        lock (gate)
            expected++;
    }

    public void Came()
    {
        lock (gate)
        {
            if (--expected == 0)
                Gathered();
        }
    }

    public Task ProbeAsync(CancellationToken cancellationToken) => WriteAsync([], cancellationToken);

    public Task AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return Task.CompletedTask;
        var correlationId = Correlation.Current;
        var lines = new AuditLine[records.Count];
        for (var index = 0; index < lines.Length; index++)
            lines[index] = AuditLine.Of(records[index], correlationId);
        return WriteAsync(lines, cancellationToken);
    }

    /// <summary>Writes down what waits, then ends.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopped)
                return;
            stopped = true;
        }
        work.Release();
        writer?.Join();
        work.Dispose();
        preparing.Dispose();
    }

    private async Task WriteAsync(AuditLine[] lines, CancellationToken cancellationToken)
    {
        // Not cancelled with the caller: the lines are to be written whether anybody waits for them or not.
        if (!Volatile.Read(ref prepared))
            await PrepareAsync();
        var mine = new Waiting(lines);
        Enqueue(mine);
        await mine.Done.Task.WaitAsync(cancellationToken);
    }

    private void Enqueue(Waiting mine)
    {
        lock (gate)
        {
            if (stopped)
                throw new AuditUnavailableException("STOPPED");
            if (waitingLines + mine.Lines.Length > options.MaxWaiting)
                throw new AuditUnavailableException("QUEUE_FULL");
            waiting.Enqueue(mine);
            waitingLines += mine.Lines.Length;
            if (writer is null)
            {
                writer = new Thread(Run) { IsBackground = true, Name = "audit" };
                writer.Start();
            }
            // One signal for all that wait: the writer takes as many as there are.
            if (waiting.Count == 1)
                work.Release();
            else if (waitingLines >= options.LinesGathered)
                Gathered();
        }
    }

    private async Task PrepareAsync()
    {
        await preparing.WaitAsync();
        try
        {
            if (prepared)
                return;
            await database.PrepareAsync(CancellationToken.None);
            Volatile.Write(ref prepared, true);
        }
        catch (Exception fault)
        {
            throw Unavailable(fault);
        }
        finally
        {
            preparing.Release();
        }
    }

    private void Run()
    {
        Opened? open = null;
        var batch = new List<Waiting>();
        while (true)
        {
            work.Wait();
            Gather();
            while (Take(batch))
            {
                open = Commit(open, batch);
                batch.Clear();
            }
            lock (gate)
            {
                if (stopped && waiting.Count == 0)
                    break;
            }
        }
        Close(open);
    }

    /// <summary>
    /// A commit costs almost the same for one line as for many: while others are about to come it waits for some of them, an instant at most, and never
    /// when nobody else is under way.
    /// </summary>
    private void Gather()
    {
        lock (gate)
        {
            if (expected == 0 || waitingLines >= options.LinesGathered || stopped)
                return;
            gathering = true;
        }
        work.Wait(options.GatherFor);
        lock (gate)
            gathering = false;
    }

    /// <summary>Ends the gathering: enough have come, or nobody else will. Called under the lock.</summary>
    private void Gathered()
    {
        if (!gathering)
            return;
        gathering = false;
        work.Release();
    }

    private static void Close(Opened? open)
    {
        try
        {
            open?.Dispose();
        }
        catch (Exception)
        {
            // What made it unusable was said already, and the writer has to go on.
        }
    }

    private bool Take(List<Waiting> batch)
    {
        lock (gate)
        {
            var lines = 0;
            while (waiting.TryPeek(out var next) && (batch.Count == 0 || lines + next.Lines.Length <= options.LinesPerCommit))
            {
                batch.Add(waiting.Dequeue());
                lines += next.Lines.Length;
            }
            waitingLines -= lines;
            return batch.Count > 0;
        }
    }

    private Opened? Commit(Opened? open, List<Waiting> batch)
    {
        try
        {
            open ??= new Opened(database, keys);
            IReadOnlyList<AuditLine> lines = batch.Count == 1 ? batch[0].Lines : [.. batch.SelectMany(static one => one.Lines)];
            var (seq, hash) = open.Append.Commit(lines, clock.GetUtcNow().ToUnixTimeMilliseconds());
            watch.Written(keys.Chain, seq, hash, lines.Count);
            foreach (var one in batch)
                one.Done.SetResult();
            return open;
        }
        catch (Exception fault)
        {
            // Looked at anew next time: whoever mends the store need not restart the hub.
            Volatile.Write(ref prepared, false);
            var code = Unavailable(fault).Code;
            foreach (var one in batch)
                one.Done.TrySetException(new AuditUnavailableException(code));
            Close(open);
            return null;
        }
    }

    private AuditUnavailableException Unavailable(Exception fault)
    {
        var unavailable = fault as AuditUnavailableException ?? new AuditUnavailableException(StoreFault.CodeOf(fault));
        watch.Unusable(unavailable.Code);
        return unavailable;
    }

    /// <summary>Lines of one caller.</summary>
    private sealed class Waiting(AuditLine[] lines)
    {
        public AuditLine[] Lines { get; } = lines;

        /// <summary>Continuations run on the pool: the writer goes on writing.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A connection with its prepared statements.</summary>
    private sealed class Opened : IDisposable
    {
        private readonly AuditDb db;

        public Opened(IStoreDatabase<AuditDb> database, ChainKeys keys)
        {
            db = database.Connect();
            try
            {
                db.Database.OpenConnection();
                Append = new ChainAppend(db.Prepare(keys.Chain), keys.Sealing, keys.Chain);
            }
            catch
            {
                db.Dispose();
                throw;
            }
        }

        public ChainAppend Append { get; }

        public void Dispose()
        {
            Append.Dispose();
            db.Dispose();
        }
    }
}
