namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>How far the unloading of one build of a plug-in came.</summary>
internal enum UnloadProgress
{
    /// <summary>Released; something may still hold it.</summary>
    Pending,

    /// <summary>Proven gone: the weak reference to its context died.</summary>
    Unloaded,

    /// <summary>Still in memory after every check: it pins itself (a thread, a static of the framework) or the hub holds a thing of it.</summary>
    Alive,
}

/// <summary>A plug-in in memory.</summary>
/// <param name="Id">Id of the plug-in.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Hash of the build.</param>
/// <param name="Sources">Sources and previews that use it.</param>
internal sealed record PluginPresence(string Id, string Version, string Hash, int Sources);

/// <summary>The end of one build of a plug-in.</summary>
/// <param name="Id">Id of the plug-in.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">Hash of the build.</param>
/// <param name="ReleasedAt">When its last user let go.</param>
/// <param name="UnloadedAt">When it was proven gone; null before.</param>
/// <param name="Progress">How far it came.</param>
internal sealed record PluginUnload(
    string Id, string Version, string Hash, DateTimeOffset ReleasedAt, DateTimeOffset? UnloadedAt, UnloadProgress Progress);

/// <summary>Which plug-ins are in memory, and which have left it.</summary>
internal interface IPluginInventory
{
    IReadOnlyList<PluginPresence> Loaded { get; }

    /// <summary>The last 200, oldest first.</summary>
    IReadOnlyList<PluginUnload> Unloads { get; }
}
