using System.Globalization;
using System.Text;
using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Folder;

/// <summary>
/// Keeps the index up with the folder in the background, from the first question on. Readers wait for it a little; until the folder was gone through
/// once they are told that the answer is not whole.
/// </summary>
internal sealed class FolderFollower(FollowerSettings settings, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The folder was not gone through wholly yet.</summary>
    public const string Building = "INDEX_BUILDING";

    /// <summary>The state folder or the index in it cannot be used.</summary>
    public const string IndexFault = "INDEX_FAULT";

    /// <summary>List of codes without LOINC, for an operator who looks into the state folder.</summary>
    public const string UnmappedFile = "unmapped-codes.csv";

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<LaboratoryCodes> prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReportIndex index = new(settings.StateFolder);
    private volatile TaskCompletionSource through = NotYet();
    private volatile string? fault;
    private Task? following;
    private bool closed;

    public DropFolder Folder { get; } = new(settings.Folder);

    /// <summary>True when every file of the folder was looked at once since the source was opened.</summary>
    public bool IsThrough => through.Task.IsCompletedSuccessfully;

    /// <summary>Ends when the folder was gone through once.</summary>
    /// <exception cref="SourceFaultException">The folder is away, or the index or the table cannot be used.</exception>
    public async Task ThroughAsync(CancellationToken cancellationToken)
    {
        Folder.Require();
        Start();
        await through.Task.WaitAsync(cancellationToken);
    }

    /// <summary>True when the folder was gone through once; waits for that as long as the settings allow.</summary>
    /// <exception cref="SourceFaultException">As of <see cref="ThroughAsync"/>.</exception>
    public async ValueTask<bool> IsSoonThroughAsync(CancellationToken cancellationToken)
    {
        if (IsThrough)
            return true;
        try
        {
            await ThroughAsync(cancellationToken).WaitAsync(settings.Patience, TimeProvider.System, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The index to read from, and the table of codes it is read with.</summary>
    /// <exception cref="SourceFaultException">The folder is away, or the index or the table cannot be used.</exception>
    public async ValueTask<(IndexReader Index, LaboratoryCodes Codes)> OpenAsync(CancellationToken cancellationToken)
    {
        Folder.Require();
        return await OpenIndexAsync(cancellationToken);
    }

    /// <summary>As <see cref="OpenAsync"/>, for what is known already: the folder may be away.</summary>
    public async ValueTask<(IndexReader Index, LaboratoryCodes Codes)> OpenIndexAsync(CancellationToken cancellationToken)
    {
        Start();
        var codes = await prepared.Task.WaitAsync(cancellationToken);
        if (fault is { } code)
            throw new SourceFaultException(code);
        try
        {
            return (new IndexReader(new Statements(index.Connect())), codes);
        }
        catch (SqliteException)
        {
            throw new SourceFaultException(IndexFault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            running = following;
        }
        await stop.CancelAsync();
        if (running is not null)
            await running;
        prepared.TrySetException(new SourceFaultException(SourceFaultCodes.Unreachable));
        // Nobody may be waiting: an exception that is never looked at is no fault.
        _ = prepared.Task.Exception;
        Refuse(through, SourceFaultCodes.Unreachable);
        index.Close();
        stop.Dispose();
    }

    private void Start()
    {
        lock (gate)
            following ??= closed ? Task.CompletedTask : Task.Run(FollowAsync);
    }

    /// <summary>Never throws: what fails is told to whoever asks, and tried again.</summary>
    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(settings.Scan, clock);
        FolderScan? scan = null;
        try
        {
            do
                scan = await LookAsync(scan);
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            scan?.Dispose();
        }
    }

    private async Task<FolderScan?> LookAsync(FolderScan? scan)
    {
        try
        {
            scan ??= Prepare();
            var changed = await scan.RunAsync(stop.Token);
            if (changed || !IsThrough)
                WriteUnmapped();
            through.TrySetResult();
            fault = null;
            return scan;
        }
        catch (SourceFaultException away)
        {
            // The folder is away: readers find that out themselves, and the next look may find it again.
            if (away.Code != SourceFaultCodes.Unreachable)
                Fail(away.Code);
            else
                Give(SourceFaultCodes.Unreachable);
            return scan;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            Fail(IndexFault);
            scan?.Dispose();
            return null;
        }
    }

    private void Fail(string code)
    {
        fault = code;
        if (!prepared.Task.IsCompleted)
            prepared.TrySetResult(LaboratoryCodes.BuiltIn);
        Give(code);
    }

    /// <summary>Tells who waits for the first look that it failed; who asks later waits for the next one.</summary>
    private void Give(string code)
    {
        if (IsThrough)
            return;
        var waited = through;
        through = NotYet();
        Refuse(waited, code);
    }

    private static void Refuse(TaskCompletionSource waited, string code)
    {
        waited.TrySetException(new SourceFaultException(code));
        // Nobody may be waiting here either.
        _ = waited.Task.Exception;
    }

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FolderScan Prepare()
    {
        var codes = Codes();
        index.Prepare();
        var scan = new FolderScan(Folder, new Statements(index.Connect()), codes, settings.Quiet, clock);
        prepared.TrySetResult(codes);
        return scan;
    }

    private LaboratoryCodes Codes()
    {
        if (settings.CodesFile is not { } file)
            return LaboratoryCodes.BuiltIn;
        try
        {
            return LaboratoryCodes.Load(File.ReadAllBytes(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SourceFaultException(LaboratoryCodes.Unusable);
        }
    }

    private void WriteUnmapped()
    {
        using var reader = new IndexReader(new Statements(index.Connect()));
        var text = new StringBuilder("sender;code;unit;label;results\n");
        foreach (var line in reader.Unmapped())
        {
            text.AppendJoin(';', new[] { line.Sender, line.Code, line.Unit, line.Label }.Select(Cell));
            text.Append(';').Append(line.Times.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
        var file = Path.Combine(settings.StateFolder, UnmappedFile);
        File.WriteAllText(file + ".tmp", text.ToString());
        File.Move(file + ".tmp", file, overwrite: true);
    }

    /// <summary>Quoted; a label that a spreadsheet would compute is made a text.</summary>
    private static string Cell(string text) =>
        $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>Settings of a followed folder.</summary>
/// <param name="Folder">The drop folder.</param>
/// <param name="StateFolder">Where the index is kept.</param>
/// <param name="CodesFile">The operator's table of codes; null for the built-in one.</param>
/// <param name="Scan">Time between two looks.</param>
/// <param name="Quiet">Time without a change after which a file without end mark is taken.</param>
/// <param name="Patience">Longest wait of a question for the first look.</param>
internal sealed record FollowerSettings(
    string Folder, string StateFolder, string? CodesFile, TimeSpan Scan, TimeSpan Quiet, TimeSpan Patience);
