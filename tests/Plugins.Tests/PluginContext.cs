using System.Reflection;
using System.Runtime.Loader;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests;

/// <summary>The built folder of a plug-in in a load context of its own, as the hub loads it.</summary>
internal sealed class PluginContext(string project) : AssemblyLoadContext(isCollectible: true)
{
    private readonly AssemblyDependencyResolver resolver = new(AssemblyOf(project));

    /// <summary>The plug-in's entry point, of this context.</summary>
    public IConnectorPlugin Create() => (IConnectorPlugin)Activator.CreateInstance(
        LoadFromAssemblyPath(AssemblyOf(project)).GetExportedTypes().Single(type => type.IsAssignableTo(typeof(IConnectorPlugin))))!;

    /// <summary>The plug-in folder holds what is private to the plug-in; the rest is the host's.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    private static string AssemblyOf(string project)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "DmpFederation.sln")))
            root = root.Parent!;
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(
            root.FullName, "plugins", project, "bin", output.Parent!.Name, output.Name, $"DmpFederation.Plugins.{project}.dll");
    }
}
