using DmpFederation.Sdk;

namespace DmpFederation.Hub.Connectors.Calls;

/// <summary>Reads kept items again with the present build of a source's plug-in.</summary>
internal interface IItemReplayer
{
    /// <summary>Never fails, but for the caller being gone. Asks no legacy system.</summary>
    /// <param name="source">The source the item came from, of the current snapshot.</param>
    /// <param name="item">The item with its bytes.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    Task<ReplayOutcome> ReplayAsync(Source source, Unreadable item, CancellationToken cancellationToken);
}

/// <summary>What came of one item.</summary>
/// <param name="Entries">Entries that came out. Only a success counts any.</param>
/// <param name="Code">Why it is still unreadable; null when it was read.</param>
/// <param name="Reason">A sentence for the person who may see the item; null when it was read.</param>
/// <param name="PluginVersion">Version of the plug-in that tried; null when none could.</param>
internal sealed record ReplayOutcome(int Entries, string? Code, string? Reason, string? PluginVersion);

internal sealed class ItemReplayer(SourceGate gate, ConnectorCall call) : IItemReplayer
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task<ReplayOutcome> ReplayAsync(Source source, Unreadable item, CancellationToken cancellationToken)
    {
        var (admitted, _, reason) = gate.Enter(source);
        if (admitted is null)
            return new ReplayOutcome(0, ReplayWork.SourceShut, $"The source is shut ({reason}): nothing was tried.", null);
        try
        {
            if (admitted.Connection!.Entry is not { } plugin)
                return new ReplayOutcome(0, CallReasons.Closed, "The source was closed meanwhile: nothing was tried.", null);
            var work = new ReplayWork(plugin, item);
            var end = await call.RunAsync(admitted, work, Longest, null, cancellationToken);
            return work.Close(end) with { PluginVersion = admitted.PluginVersion };
        }
        finally
        {
            admitted.Connection!.Exit();
        }
    }
}
