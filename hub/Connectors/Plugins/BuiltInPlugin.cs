using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Plugins;

/// <summary>A plug-in that is a part of the hub: opened in process, without folder and manifest, and never unloaded.</summary>
/// <param name="Id">One of the reserved ids.</param>
/// <param name="Entry">What opens its sources. Of the hub's own types alone: nothing of it is checked as a stranger's is.</param>
internal sealed record BuiltInPlugin(string Id, IConnectorPlugin Entry)
{
    /// <summary>The national record of deposits.</summary>
    public const string National = "national";

    /// <summary>True for an id that no folder may claim: whoever could put one there would stand in the place of a part of the hub.</summary>
    public static bool IsReserved(string id) => id == National;
}
