namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>Where a plug-in project of this repository was built.</summary>
internal static class PluginOutput
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Of(params string[] project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine([Repository, .. project, "bin", output.Parent!.Name, output.Name]);
    }

    private static string FindRepository()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "DmpFederation.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return root.FullName;
    }
}
