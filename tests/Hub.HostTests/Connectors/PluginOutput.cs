namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>Where a plug-in project of this repository was built.</summary>
internal static class PluginOutput
{
    public static string Of(params string[] project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "DmpFederation.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return Path.Combine([root.FullName, .. project, "bin", configuration, framework]);
    }
}
