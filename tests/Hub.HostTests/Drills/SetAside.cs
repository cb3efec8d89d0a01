namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>A folder that was put out of the way. Disposing puts it back and drops what came in its place.</summary>
internal sealed class SetAside : IDisposable
{
    private readonly string folder;

    public SetAside(string folder)
    {
        this.folder = folder;
        Directory.Move(folder, Away);
    }

    /// <summary>Where it is meanwhile.</summary>
    public string Away => folder + ".away";

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(Away, folder);
    }
}
