namespace DmpFederation.Sdk.Conformance;

/// <summary>Loads a plug-in for the kit. The hub brings its own; <see cref="FolderLoader"/> needs no hub.</summary>
public interface IPluginLoader
{
    /// <summary>Loads the plug-in of a folder into a context of its own that can be unloaded, and makes its entry class.</summary>
    /// <param name="folder">Full path of a folder with a <c>plugin.json</c>.</param>
    /// <exception cref="PluginRefusedException">It cannot be used.</exception>
    IPluginUnderTest Load(string folder);
}

/// <summary>A loaded plug-in.</summary>
public interface IPluginUnderTest
{
    /// <summary>Id of its manifest.</summary>
    string Id { get; }

    /// <summary>Version of its manifest.</summary>
    string Version { get; }

    /// <summary>Settings its manifest declares.</summary>
    IReadOnlyList<DeclaredSetting> Settings { get; }

    /// <summary>Its entry class.</summary>
    /// <exception cref="ObjectDisposedException">It was unloaded.</exception>
    IConnectorPlugin Entry { get; }

    /// <summary>A client as <see cref="SourceContext.Http"/> describes it. The caller disposes it.</summary>
    /// <param name="mostBytes">Longest body in bytes; a longer one ends with <see cref="SourceFaultCodes.TooLarge"/>.</param>
    HttpClient CreateHttp(long mostBytes);

    /// <summary>Starts the unloading. The weak reference dies once nothing holds a thing of the plug-in any more.</summary>
    WeakReference Unload();
}

/// <summary>A setting a plug-in's manifest declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">A source without it is misconfigured.</param>
/// <param name="Default">Value when it is not set; null when none.</param>
public sealed record DeclaredSetting(string Name, bool Required, string? Default);

/// <summary>At which step a plug-in was refused.</summary>
public enum PluginRefusal
{
    /// <summary>Its manifest is missing or unusable.</summary>
    Manifest,

    /// <summary>It is made for another SDK.</summary>
    SdkRange,

    /// <summary>Its entry assembly is missing or not the one its manifest was made for.</summary>
    Integrity,

    /// <summary>Something it refers to cannot be loaded.</summary>
    Dependency,

    /// <summary>It has no entry class, several, or one that cannot be made.</summary>
    EntryClass,

    /// <summary>Its public surface shows a type that is neither of the SDK nor of the framework.</summary>
    PublicSurface,
}

/// <summary>A plug-in cannot be used.</summary>
/// <param name="step">Where it failed.</param>
/// <param name="problem">What to fix, as the end of a sentence.</param>
public sealed class PluginRefusedException(PluginRefusal step, string problem) : Exception(problem)
{
    /// <summary>Where it failed.</summary>
    public PluginRefusal Step { get; } = step;
}
