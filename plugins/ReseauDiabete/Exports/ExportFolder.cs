using DmpFederation.Plugins.ReseauDiabete.Rows;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>A file of an export as the folder lists it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Written">Last write, UTC ticks.</param>
internal sealed record ListedFile(string Path, long Length, long Written)
{
    public string Name => System.IO.Path.GetFileName(Path);
}

/// <summary>The two files of an export; one is null while it is not there.</summary>
internal sealed record ListedExport(string Name, long Sequence, ListedFile? Patients, ListedFile? FollowUp)
{
    /// <summary>UTC ticks of the last write to either.</summary>
    public long Written => Math.Max(Patients?.Written ?? 0, FollowUp?.Written ?? 0);

    /// <summary>A file to name in a message.</summary>
    public string AnyFile => (FollowUp ?? Patients)!.Name;
}

/// <summary>A file that is not taken, with the reason.</summary>
/// <param name="File">Its name, or <c>(name)</c> when that is no name of an export and may say anything.</param>
/// <param name="Problem">Why.</param>
/// <param name="Raw">Bytes of the heading or closing line that is the reason; empty when neither is.</param>
internal sealed record RefusedFile(string File, RowProblem Problem, byte[] Raw);

/// <summary>What the folder holds at one look. Equal when nothing changed.</summary>
internal sealed record FolderListing(IReadOnlyList<ListedExport> Exports, IReadOnlyList<RefusedFile> Refused)
{
    public bool IsSame(FolderListing? other) =>
        other is not null && Exports.SequenceEqual(other.Exports)
        && Refused.Select(one => (one.File, one.Problem)).SequenceEqual(other.Refused.Select(one => (one.File, one.Problem)));
}

/// <summary>
/// The folder the network drops its exports into. Only plain files right in it with the name of an export are opened: no link, no subfolder.
/// </summary>
internal sealed class ExportFolder(string path)
{
    /// <summary>Files under these ends are still being copied.</summary>
    private static readonly string[] Unfinished = [".part", ".tmp"];

    public string Path => path;

    /// <exception cref="SourceFaultException">The folder is not there or cannot be read.</exception>
    public FolderListing List()
    {
        var exports = new SortedDictionary<long, ListedExport>();
        var refused = new List<RefusedFile>();
        try
        {
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos(ExportName.Prefix + "*"))
            {
                if (Unfinished.Any(end => entry.Name.EndsWith(end, StringComparison.Ordinal)))
                    continue;
                if (!ExportName.TryParse(entry.Name, out var name))
                    refused.Add(Refuse("(name)", "CSV_NAME", "A file begins like an export and has no name of one (see the README)."));
                else if (entry is not FileInfo file || file.LinkTarget is not null || file.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    refused.Add(Refuse(entry.Name, "CSV_LINK", "It is a link or a folder: only plain files are read."));
                else
                    Add(exports, name, new ListedFile(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks));
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        // The file system lists in any order.
        return new FolderListing([.. exports.Values], [.. refused.OrderBy(one => one.File, StringComparer.Ordinal)]);
    }

    /// <summary>Opens a listed file, unless a link took its place meanwhile. The network may go on writing it.</summary>
    public static FileStream Open(ListedFile file)
    {
        if (new FileInfo(file.Path).LinkTarget is not null)
            throw new IOException("A link took the place of an export.");
        return new FileStream(
            file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.SequentialScan);
    }

    private static void Add(SortedDictionary<long, ListedExport> exports, ExportName name, ListedFile file)
    {
        var known = exports.GetValueOrDefault(name.Sequence) ?? new ListedExport(name.Export, name.Sequence, null, null);
        exports[name.Sequence] = name.Kind == ExportKind.Patients ? known with { Patients = file } : known with { FollowUp = file };
    }

    private static RefusedFile Refuse(string file, string code, string reason) => new(file, new RowProblem(code, reason), []);
}
