using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Calls;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Quarantine;

/// <summary>What came of the replay of one item.</summary>
/// <param name="Id">The item.</param>
/// <param name="SourceId">Its source; null when there is no such item.</param>
/// <param name="State">Its state now; null when there is no such item.</param>
/// <param name="Entries">Entries that came out.</param>
/// <param name="Code">Why it was not read; null when it was.</param>
/// <param name="Reason">A sentence for who may see the item; null when it was read.</param>
internal sealed record ReplayResult(long Id, string? SourceId, QuarantineState? State, int Entries, string? Code, string? Reason)
{
    public static ReplayResult NotFound(long id) => new(id, null, null, 0, "NOT_FOUND", "There is no such item.");
}

/// <summary>
/// Reads items again with the present build of their plug-in. The entries that come out prove that the item can be read; they are not stored:
/// sources are read live, and the next read of the dossier shows the facts.
/// </summary>
internal sealed class QuarantineReplay(
    IQuarantineStore store, ISourceRegistry registry, IItemReplayer replayer, TimeProvider clock, ILogger<QuarantineReplay> logger)
{
    /// <param name="item">The item, without its bytes.</param>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ReplayResult> RunAsync(QuarantinedItem item, string actor, CancellationToken cancellationToken)
    {
        if (item.State != QuarantineState.Held)
            return Untried(item, "NOT_HELD", "The item was replayed or discarded before.");
        if (registry.Current.Find(item.SourceId) is not { } source)
            return Untried(item, "SOURCE_UNKNOWN", "The source is configured no more.");
        if (item.StoredLength < item.Length)
            return Untried(item, "BYTES_CUT", "The item was larger than the hub keeps: it can be read from its source only.");
        if (await store.BytesAsync(item.Id, cancellationToken) is not { } bytes)
            return Untried(item, "NO_BYTES", "The source gave no bytes to keep: it can be read from its source only.");
        var outcome = await replayer.ReplayAsync(source, Again(item, bytes), cancellationToken);
        return outcome.Code is null
            ? await ReadAsync(item, outcome, actor, cancellationToken)
            : await StillUnreadableAsync(item, outcome, outcome.Code, cancellationToken);
    }

    private async Task<ReplayResult> ReadAsync(QuarantinedItem item, ReplayOutcome outcome, string actor, CancellationToken cancellationToken)
    {
        if (!await store.ReplayedAsync(item.Id, outcome.PluginVersion, outcome.Entries, actor, clock.GetUtcNow(), cancellationToken))
            return Untried(item, "NOT_HELD", "Somebody else settled the item meanwhile.");
        logger.ItemReplayed(item.Id, item.SourceId, outcome.Entries);
        return new ReplayResult(item.Id, item.SourceId, QuarantineState.Replayed, outcome.Entries, null, null);
    }

    private async Task<ReplayResult> StillUnreadableAsync(
        QuarantinedItem item, ReplayOutcome outcome, string code, CancellationToken cancellationToken)
    {
        // When nothing could be tried, what is known of the item stays.
        if (outcome.PluginVersion is { } version && code != ReplayWork.CannotReplay)
            await store.StillUnreadableAsync(item.Id, version, code, outcome.Reason ?? "", clock.GetUtcNow(), cancellationToken);
        logger.ItemStillUnreadable(item.Id, item.SourceId, code);
        return Untried(item, code, outcome.Reason ?? "");
    }

    private static Unreadable Again(QuarantinedItem item, byte[] bytes) => new()
    {
        Code = item.Code,
        Reason = item.Reason,
        Position = item.Position,
        LocalId = item.LocalId,
        Patient = item is { PatientSystem: { } system, PatientValue: { } value } ? new PatientKey(system, value) : null,
        Raw = bytes,
    };

    private static ReplayResult Untried(QuarantinedItem item, string code, string reason) =>
        new(item.Id, item.SourceId, item.State, 0, code, ShownText.Of(item, reason));
}
