using System.Reflection;
using System.Security.Cryptography;
using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Sdk;
using DmpFederation.Sdk.Conformance;
using McMaster.NETCore.Plugins;
using Microsoft.Extensions.Options;
using NuGet.Versioning;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>A loaded plug-in, or the state and reason its sources show.</summary>
internal sealed record PluginActivation(LoadedPlugin? Plugin, SourceState State, string Reason)
{
    /// <summary>The step that refused it; meaningless for a loaded plug-in.</summary>
    public PluginRefusal Step { get; private init; }

    public static PluginActivation Refused(SourceState state, PluginRefusal step, string reason) => new(null, state, reason) { Step = step };
}

/// <summary>Loads one build of a plug-in: the one border where a plug-in's load faults become a state.</summary>
internal sealed class PluginActivator(IOptions<ConnectorsOptions> options, ILogger<PluginActivator> logger)
{
    private static readonly NuGetVersion Sdk = new(SharedAssemblies.SdkVersion);

    public PluginActivation Activate(PluginFolder folder)
    {
        if (folder.Manifest is not { } manifest)
        {
            return PluginActivation.Refused(
                SourceState.Malfunctioned, PluginRefusal.Manifest, $"its manifest is unusable: {ConfigurationFault.Join(folder.Faults)}");
        }
        if (!manifest.Sdk.Satisfies(Sdk))
        {
            return PluginActivation.Refused(
                SourceState.NotSupported,
                PluginRefusal.SdkRange,
                $"plug-in {manifest.Id} {manifest.Version} needs SDK {manifest.Sdk.ToNormalizedString()}, the hub has {Sdk}");
        }
        ShadowCopy? copy = null;
        PluginLoader? loader = null;
        try
        {
            copy = ShadowCopy.Create(options.Value.StateFolder, folder);
            var path = Path.Combine(copy.Folder, manifest.EntryAssembly);
            var problem = IntegrityProblem(path, manifest);
            var step = PluginRefusal.Integrity;
            if (problem is null)
            {
                loader = PluginLoader.CreateFromAssemblyFile(path, Configure);
                (var entry, step, problem) = FindEntry(loader);
                if (entry is not null)
                {
                    var plugin = new LoadedPlugin(folder, loader, entry, copy);
                    logger.PluginLoaded(manifest.Id, plugin.Version);
                    return new PluginActivation(plugin, SourceState.Starting, "");
                }
            }
            return Refuse(manifest, step, problem!, loader, copy);
        }
        catch (Exception fault)
        {
            var step = fault is TargetInvocationException ? PluginRefusal.EntryClass : PluginRefusal.Dependency;
            return Refuse(manifest, step, Describe(fault), loader, copy);
        }
    }

    private PluginActivation Refuse(PluginManifest manifest, PluginRefusal step, string problem, PluginLoader? loader, ShadowCopy? copy)
    {
        loader?.Dispose();
        copy?.Dispose();
        logger.PluginRefused(manifest.Id, manifest.Version.ToNormalizedString(), problem);
        return PluginActivation.Refused(SourceState.Malfunctioned, step, $"plug-in {manifest.Id} {manifest.Version}: {problem}");
    }

    private static void Configure(PluginConfig config)
    {
        config.IsUnloadable = true;
        foreach (var shared in SharedAssemblies.Names)
            config.SharedAssemblies.Add(shared);
    }

    private static string? IntegrityProblem(string path, PluginManifest manifest)
    {
        if (!File.Exists(path))
            return $"{manifest.EntryAssembly} is missing";
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file)) == manifest.Sha256
            ? null
            : $"{manifest.EntryAssembly} is not the file its manifest was made for (SHA-256 differs)";
    }

    private static (IConnectorPlugin? Entry, PluginRefusal Step, string? Problem) FindEntry(PluginLoader loader)
    {
        var assembly = loader.LoadDefaultAssembly();

        // A reference that cannot be met fails here, at load, and not in the middle of a patient's answer.
        foreach (var reference in assembly.GetReferencedAssemblies())
            loader.LoadContext.LoadFromAssemblyName(reference);
        var entries = assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConnectorPlugin)))
            .ToList();
        if (entries is not [var entry])
        {
            return (null, PluginRefusal.EntryClass, entries.Count == 0
                ? $"no public class implements {nameof(IConnectorPlugin)}"
                : $"{entries.Count} public classes implement {nameof(IConnectorPlugin)}: {string.Join(", ", entries.Select(type => type.Name))}");
        }
        if (entry.GetConstructor(Type.EmptyTypes) is null)
            return (null, PluginRefusal.EntryClass, $"{entry.Name} has no public constructor without parameters");
        return PublicSurface.FindForeign(entry) is { } foreign
            ? (null, PluginRefusal.PublicSurface, $"its public surface shows {foreign}, which is neither of the SDK nor of the framework")
            : ((IConnectorPlugin)Activator.CreateInstance(entry)!, PluginRefusal.EntryClass, null);
    }

    /// <summary>Names the fault without keeping it: an exception of a plug-in holds its context, and its message may hold anything.</summary>
    private static string Describe(Exception fault) => fault switch
    {
        FileNotFoundException { FileName: { } file } => $"the assembly {file.Split(',')[0]} is missing",
        ReflectionTypeLoadException types => types.LoaderExceptions.FirstOrDefault() is { } first
            ? $"a type cannot be loaded ({first.GetType().Name})"
            : "a type cannot be loaded",
        TargetInvocationException { InnerException: { } inner } => $"its constructor failed ({inner.GetType().Name})",
        _ => $"it cannot be loaded ({fault.GetType().Name})",
    };
}
