using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Security.Cryptography;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Connectors.Registry;
using NuGet.Versioning;

namespace DmpFederation.Sdk.Conformance;

/// <summary>
/// Loads a plug-in from its folder without a hub: the same rules, in a collectible context that shares the SDK (and Microsoft.Data.Sqlite, which
/// never unloads as a private copy) with the process.
/// </summary>
public sealed class FolderLoader : IPluginLoader
{
    private static readonly NuGetVersion Sdk = new(SharedAssemblies.SdkVersion);

    /// <inheritdoc/>
    public IPluginUnderTest Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.GetFullPath(folder);
        var manifest = PluginJson.Read(folder);
        if (!VersionRange.TryParse(manifest.Sdk, out var range))
            throw new PluginRefusedException(PluginRefusal.Manifest, "plugin.json, sdk: must be a version range such as [1.0,2.0)");
        if (!range.Satisfies(Sdk))
            throw new PluginRefusedException(PluginRefusal.SdkRange, $"it needs SDK {manifest.Sdk}, this is {Sdk}");
        var path = Path.Combine(folder, manifest.EntryAssembly);
        CheckIntegrity(path, manifest);
        var context = new PluginContext(path);
        try
        {
            return new FolderPlugin(manifest, context, MakeEntry(FindEntry(LoadAll(context, path))));
        }
        catch
        {
            context.Unload();
            throw;
        }
    }

    private static void CheckIntegrity(string path, PluginJson manifest)
    {
        if (!File.Exists(path))
            throw new PluginRefusedException(PluginRefusal.Integrity, $"{manifest.EntryAssembly} is missing");
        using var file = File.OpenRead(path);
        if (!string.Equals(Convert.ToHexString(SHA256.HashData(file)), manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new PluginRefusedException(PluginRefusal.Integrity,
                $"{manifest.EntryAssembly} is not the file its manifest was made for (SHA-256 differs)");
    }

    private static Assembly LoadAll(PluginContext context, string path)
    {
        try
        {
            var assembly = context.LoadFromAssemblyPath(path);
            foreach (var reference in assembly.GetReferencedAssemblies())
                context.LoadFromAssemblyName(reference);
            assembly.GetTypes();
            return assembly;
        }
        catch (Exception fault) when (fault is IOException or BadImageFormatException or ReflectionTypeLoadException)
        {
            var what = fault is FileNotFoundException { FileName: { } file } ? $"the assembly {file.Split(',')[0]} is missing"
                : "a part of it cannot be loaded";
            throw new PluginRefusedException(PluginRefusal.Dependency, what);
        }
    }

    private static Type FindEntry(Assembly assembly)
    {
        var entries = assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConnectorPlugin)))
            .ToList();
        if (entries is not [var entry])
            throw new PluginRefusedException(PluginRefusal.EntryClass,
                $"{entries.Count} public classes implement {nameof(IConnectorPlugin)}; one must");
        if (entry.GetConstructor(Type.EmptyTypes) is null)
            throw new PluginRefusedException(PluginRefusal.EntryClass, $"{entry.Name} has no public constructor without parameters");
        return PublicSurface.FindForeign(entry) is { } foreign
            ? throw new PluginRefusedException(PluginRefusal.PublicSurface, $"its public surface shows {foreign}")
            : entry;
    }

    private static IConnectorPlugin MakeEntry(Type entry)
    {
        try
        {
            return (IConnectorPlugin)Activator.CreateInstance(entry)!;
        }
        catch (TargetInvocationException fault)
        {
            throw new PluginRefusedException(PluginRefusal.EntryClass, $"its constructor failed ({fault.InnerException?.GetType().Name})");
        }
    }

    private sealed class PluginContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path), isCollectible: true)
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            SharedAssemblies.Names.Any(shared => shared.Name == assemblyName.Name) || resolver.ResolveAssemblyToPath(assemblyName) is not { } file
                ? null
                : LoadFromAssemblyPath(file);

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
    }

    private sealed class FolderPlugin(PluginJson manifest, PluginContext context, IConnectorPlugin entry) : IPluginUnderTest
    {
        private PluginContext? context = context;
        private IConnectorPlugin? entry = entry;

        public string Id => manifest.Id;

        public string Version => manifest.Version;

        public IReadOnlyList<DeclaredSetting> Settings { get; } =
            [.. manifest.Settings.Select(pair => new DeclaredSetting(pair.Key, pair.Value.Required, pair.Value.Default))];

        public IConnectorPlugin Entry => entry ?? throw new ObjectDisposedException(Id);

        public HttpClient CreateHttp(long mostBytes) =>
            SourceHttp.Create(new SourceBudget { MaxBytes = mostBytes }, SharedAssemblies.SdkVersion.ToString(3));

        [MethodImpl(MethodImplOptions.NoInlining)]
        public WeakReference Unload()
        {
            var alive = new WeakReference(context);
            entry = null;
            context!.Unload();
            context = null;
            return alive;
        }
    }
}
