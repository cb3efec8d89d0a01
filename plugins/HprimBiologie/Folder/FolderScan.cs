using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Index;

namespace DmpFederation.Plugins.HprimBiologie.Folder;

/// <summary>
/// One look after another at the folder. A file with its end mark is taken at once; one without it may still be being written, and is taken as it is
/// when it has not changed for the quiet time. Not thread-safe.
/// </summary>
internal sealed class FolderScan(DropFolder folder, Statements statements, LaboratoryCodes codes, TimeSpan quiet, TimeProvider clock) : IDisposable
{
    public const string TooLarge = "HPRIM_FILE_TOO_LARGE";

    /// <summary>What is said of a file that is too large to be read.</summary>
    public static HprimProblem Oversized { get; } = new(TooLarge, "The file is larger than 64 MiB.", 1, default);

    private readonly IndexWriter writer = new(statements, codes);
    private readonly Dictionary<string, (long Size, long Changed)> known = Known(statements);
    private readonly Dictionary<string, (FileStamp Stamp, long Since)> waiting = new(StringComparer.Ordinal);

    /// <summary>Takes what is new.</summary>
    /// <returns>True when the index changed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        writer.MapAgain(cancellationToken);
        var changed = false;
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in folder.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            present.Add(file.Name);
            if (known.TryGetValue(file.Name, out var seen) && seen == Shape(file))
                continue;
            changed |= await TakeAsync(file, cancellationToken);
        }
        foreach (var gone in known.Keys.Where(name => !present.Contains(name)).ToList())
        {
            writer.Forget(gone);
            known.Remove(gone);
            changed = true;
        }
        foreach (var gone in waiting.Keys.Where(name => !present.Contains(name)).ToList())
            waiting.Remove(gone);
        return changed;
    }

    public void Dispose() => statements.Dispose();

    private async Task<bool> TakeAsync(FileStamp file, CancellationToken cancellationToken)
    {
        if (file.Size > DropFolder.MostBytes)
            return Take(file, new HprimFile([], [Oversized], true, 0));
        // Nothing was written yet, or it is no file at all (a pipe would block whoever opens it).
        if (file.Size == 0)
            return false;
        var isQuiet = IsQuiet(file);
        if (await folder.ReadAsync(file, cancellationToken) is not { } bytes)
            return false;
        var read = HprimReader.Read(bytes);
        return (read.Ended || isQuiet) && Take(file, read);
    }

    private bool Take(in FileStamp file, HprimFile read)
    {
        var now = clock.GetUtcNow();
        writer.Apply(file, read, file.Changed < now ? file.Changed : now);
        known[file.Name] = Shape(file);
        waiting.Remove(file.Name);
        return true;
    }

    /// <summary>True when it has not changed for the quiet time, by its own date or as seen from here: the clocks of two machines may differ.</summary>
    private bool IsQuiet(in FileStamp file)
    {
        if (clock.GetUtcNow() - file.Changed >= quiet)
            return true;
        if (waiting.TryGetValue(file.Name, out var since) && since.Stamp == file)
            return clock.GetElapsedTime(since.Since) >= quiet;
        waiting[file.Name] = (file, clock.GetTimestamp());
        return false;
    }

    private static (long Size, long Changed) Shape(in FileStamp file) => (file.Size, file.Changed.ToUnixTimeMilliseconds());

    private static Dictionary<string, (long Size, long Changed)> Known(Statements statements)
    {
        var files = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        using var row = statements.Query(IndexSql.Files);
        while (row.Read())
            files[row.GetString(0)] = (row.GetInt64(1), row.GetInt64(2));
        return files;
    }
}
