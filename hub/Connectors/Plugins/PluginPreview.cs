using System.Runtime.CompilerServices;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>What the hub would read out of files, without a configured source.</summary>
internal interface IPluginPreview
{
    /// <summary>Finds and checks the plug-in at once; files are read as the result is enumerated.</summary>
    /// <param name="plugin">A plug-in's id, or the path of its folder.</param>
    /// <param name="files">Paths of files.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    PreviewResult Preview(string plugin, IReadOnlyList<string> files, CancellationToken cancellationToken);
}

/// <summary>Either the reason why nothing can be previewed, or the files.</summary>
/// <param name="Problem">Null when the plug-in can preview.</param>
/// <param name="Files">Each file in the order given. To be enumerated once; the plug-in is let go at its end.</param>
internal sealed record PreviewResult(string? Problem, IAsyncEnumerable<PreviewedFile> Files);

/// <summary>One file.</summary>
/// <param name="File">The path given.</param>
/// <param name="Items">What was read of it, in order.</param>
/// <param name="Fault">Code of what ended the reading; null when it ended well.</param>
internal sealed record PreviewedFile(string File, IReadOnlyList<ReadItem> Items, string? Fault);

internal sealed class PluginPreview(PluginShelf shelf, PluginFinder finder, TimeProvider clock) : IPluginPreview
{
    private const int MostItems = 100_000;
    private static readonly TimeSpan LongestFile = TimeSpan.FromSeconds(60);

    public PreviewResult Preview(string plugin, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (finder.Find(plugin) is not { } folder)
            return Refused($"plug-in '{plugin}' is not installed");
        var activation = shelf.Acquire(folder);
        if (activation.Plugin is not { } loaded)
            return Refused(activation.Reason);
        if (loaded.Entry is IFilePreview)
            return new PreviewResult(null, ReadAsync(loaded, files, cancellationToken));
        shelf.Release(loaded);
        return Refused($"plug-in '{loaded.Id}' cannot preview files");
    }

    private static PreviewResult Refused(string problem) => new(problem, Enumerable.Empty<PreviewedFile>().ToAsyncEnumerable());

    private async IAsyncEnumerable<PreviewedFile> ReadAsync(
        LoadedPlugin plugin, IReadOnlyList<string> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            foreach (var file in files)
                yield return await ReadFileAsync(plugin, file, cancellationToken);
        }
        finally
        {
            shelf.Release(plugin);
        }
    }

    private async Task<PreviewedFile> ReadFileAsync(LoadedPlugin plugin, string file, CancellationToken cancellationToken)
    {
        var items = new List<ReadItem>();
        using var deadline = new CancellationTokenSource(LongestFile, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            var reading = ((IFilePreview)plugin.Entry).PreviewAsync(Path.GetFileName(file), content, either.Token);
            await foreach (var item in reading.WithCancellation(either.Token))
            {
                if (item is null)
                    return new PreviewedFile(file, items, CallReasons.BadEntry);
                if (items.Count == MostItems)
                    return new PreviewedFile(file, items, SourceFaultCodes.TooLarge);
                items.Add(item);
            }
            return new PreviewedFile(file, items, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PreviewedFile(file, items, CallReasons.Deadline);
        }
        catch (SourceFaultException fault)
        {
            return new PreviewedFile(file, items, CallReasons.Safe(fault.Code));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new PreviewedFile(file, items, SourceFaultCodes.Unreachable);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new PreviewedFile(file, items, CallReasons.Fault);
        }
    }
}
