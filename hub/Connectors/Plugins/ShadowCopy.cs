namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>
/// The hub's own copy of one build of a plug-in, so that an author may rebuild while the hub runs. A lock file tells a copy in use from one a
/// stopped process left behind.
/// </summary>
internal sealed class ShadowCopy : IDisposable
{
    private const string LockFile = ".in-use";

    private readonly FileStream held;

    private ShadowCopy(string folder, FileStream held)
    {
        Folder = folder;
        this.held = held;
    }

    public string Folder { get; }

    /// <exception cref="IOException">The plug-in could not be read or the copy not be written.</exception>
    public static ShadowCopy Create(string stateFolder, PluginFolder plugin)
    {
        var own = Path.Combine(stateFolder, "plugins", plugin.Id!, $"{plugin.Hash[..12]}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(own);
        var copy = new ShadowCopy(own, new FileStream(Path.Combine(own, LockFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        try
        {
            foreach (var file in Directory.EnumerateFiles(plugin.Folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(own, Path.GetRelativePath(plugin.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Deletes the copies that processes which are gone left behind.</summary>
    public static void RemoveAbandoned(string stateFolder)
    {
        var all = Path.Combine(stateFolder, "plugins");
        if (!Directory.Exists(all))
            return;
        foreach (var marker in Directory.GetFiles(all, LockFile, SearchOption.AllDirectories))
        {
            try
            {
                new FileStream(marker, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                Delete(Path.GetDirectoryName(marker)!);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }

    public void Dispose()
    {
        held.Dispose();
        Delete(Folder);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stillMapped) when (stillMapped is IOException or UnauthorizedAccessException)
        {
            // Windows keeps mapped assemblies until the context is collected; the next start deletes them.
            return;
        }
    }
}
