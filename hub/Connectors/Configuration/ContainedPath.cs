namespace DmpFederation.Hub.Connectors.Configuration;

/// <summary>
/// Turns a path written in a configuration file into a full path below the file's folder, and refuses whatever could lead elsewhere. Such files
/// come from regions and editors: a path in them is hostile input.
/// </summary>
internal static class ContainedPath
{
    private const int MostLinks = 40;

    /// <summary>The full path, or why it is refused. Exactly one is not null; the path need not exist.</summary>
    public static (string? FullPath, string? Problem) Resolve(string root, string written)
    {
        if (Refusal(written) is { } refusal)
            return (null, refusal);
        var full = Path.GetFullPath(Path.Combine(root, written));
        try
        {
            return IsWithin(RealPath(Path.GetFullPath(root)), RealPath(full))
                ? (full, null)
                : (null, "leads outside the folder of the file through a link");
        }
        catch (IOException)
        {
            return (null, "cannot be followed");
        }
    }

    private static string? Refusal(string written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return "is empty";
        if (written.Any(char.IsControl))
            return "has control characters";
        if (written.Contains('\\', StringComparison.Ordinal))
            return "has a backslash; separate folders by '/'";
        if (written.Contains(':', StringComparison.Ordinal))
            return "is a URL or names a drive";
        if (written.StartsWith('~'))
            return "starts with '~', which is not expanded";
        if (Path.IsPathRooted(written) || written.StartsWith('/'))
            return "is absolute; write it relative to the file";
        return written.Split('/').Any(segment => segment.Trim() is "..") ? "climbs with '..'" : null;
    }

    private static bool IsWithin(string root, string path) =>
        path == root || path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with the links of every existing segment followed.</summary>
    private static string RealPath(string full, int links = 0)
    {
        if (links > MostLinks)
            throw new IOException("Too many links.");
        var top = Path.GetPathRoot(full)!;
        var real = top;
        foreach (var segment in full[top.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, segment);
            FileSystemInfo item = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = item.LinkTarget is { } target ? RealPath(Path.GetFullPath(Path.Combine(real, target)), links + 1) : next;
        }
        return real;
    }
}
