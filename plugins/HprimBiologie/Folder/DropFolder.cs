using System.IO.Enumeration;
using DmpFederation.Plugins.HprimBiologie.Index;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Folder;

/// <summary>
/// The folder laboratories drop files into. Only plain files directly in it count: a folder or a link in it is not followed, for it may lead to what no
/// laboratory wrote. Names are hostile text: they are looked up among the files of the folder, never joined with anything.
/// </summary>
internal sealed class DropFolder(string path)
{
    /// <summary>Largest file read.</summary>
    public const int MostBytes = 64 << 20;

    private static readonly string[] Temporary = [".tmp", ".temp", ".part", ".partial", ".filepart", ".swp", "~"];

    private static readonly EnumerationOptions Options =
        new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false };

    /// <exception cref="SourceFaultException">The folder is not there.</exception>
    public void Require()
    {
        if (!Directory.Exists(path))
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
    }

    /// <summary>The files, the oldest first: what is newer replaces.</summary>
    /// <exception cref="SourceFaultException">The folder cannot be listed.</exception>
    public List<FileStamp> List()
    {
        try
        {
            var files = new FileSystemEnumerable<FileStamp>(path, Stamp, Options) { ShouldIncludePredicate = IsDropped }.ToList();
            files.Sort(static (left, right) => left.Changed.CompareTo(right.Changed) is not 0 and var order
                ? order
                : string.CompareOrdinal(left.Name, right.Name));
            return files;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }

    /// <summary>The bytes; null when it is gone, shut, a link by now, or not of the size listed any more.</summary>
    public async Task<byte[]?> ReadAsync(FileStamp file, CancellationToken cancellationToken)
    {
        var info = new FileInfo(Path.Combine(path, file.Name));
        try
        {
            if (info.LinkTarget is not null || !info.Exists || info.Length != file.Size)
                return null;
            await using var stream = new FileStream(
                info.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 << 10, FileOptions.SequentialScan);
            var bytes = new byte[file.Size];
            await stream.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStamp Stamp(ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.Length, entry.LastWriteTimeUtc);

    private static bool IsDropped(ref FileSystemEntry entry)
    {
        if (entry.IsDirectory || (entry.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) != 0 || entry.FileName.StartsWith('.'))
            return false;
        foreach (var ending in Temporary)
        {
            if (entry.FileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }
}
