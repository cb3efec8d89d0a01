using DmpFederation.Hub.Audit.Chain;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// Checks every chain of a database while hubs go on writing it: heads are read before and after the lines, and a chain whose beginning is removed
/// meanwhile is read again.
/// </summary>
internal sealed class ChainVerification(AuditDb db, ChainKeys keys)
{
    public async Task<ChainReport> RunAsync(IReadOnlyList<ChainAnchor> anchors, CancellationToken cancellationToken)
    {
        var chains = new SortedSet<string>(StringComparer.Ordinal);
        chains.UnionWith(await db.Heads.Select(static head => head.Chain).ToListAsync(cancellationToken));
        chains.UnionWith(await db.Lines.Select(static line => line.Chain).Distinct().ToListAsync(cancellationToken));
        chains.UnionWith(await db.Checkpoints.Select(static one => one.Chain).ToListAsync(cancellationToken));
        var findings = new List<ChainFinding>();
        var heads = new List<ChainAnchor>();
        var lines = 0L;
        foreach (var chain in chains)
        {
            var wanted = anchors.Where(anchor => anchor.Chain == chain).ToList();
            (long Lines, IReadOnlyList<ChainFinding> Findings)? done;
            do
                done = await CheckAsync(chain, wanted, cancellationToken);
            while (done is null);
            lines += done.Value.Lines;
            findings.AddRange(done.Value.Findings);
            if (await HeadAsync(chain, cancellationToken) is { } head)
                heads.Add(new ChainAnchor(chain, head.Seq, head.Hash));
        }
        findings.AddRange(anchors.Where(anchor => !chains.Contains(anchor.Chain))
            .Select(static anchor => new ChainFinding(ChainFault.AnchorBroken, anchor.Chain, anchor.Seq, anchor.Seq)));
        return new ChainReport(chains.Count, lines, findings, heads);
    }

    /// <summary>Null when the beginning moved meanwhile.</summary>
    private async Task<(long Lines, IReadOnlyList<ChainFinding> Findings)?> CheckAsync(
        string chain, List<ChainAnchor> anchors, CancellationToken cancellationToken)
    {
        var checkpoint = await CheckpointAsync(chain, cancellationToken);
        var before = await HeadAsync(chain, cancellationToken);
        if (KeyOf(chain, before) is not { } key)
            return (0, [new ChainFinding(ChainFault.KeyUnknown, chain, 0, 0)]);
        var check = new ChainCheck(key, chain, checkpoint);
        var remembered = anchors.Select(static anchor => anchor.Seq).Append(before?.Seq ?? 0).ToHashSet();
        await foreach (var line in db.Lines.AsNoTracking().Where(line => line.Chain == chain).OrderBy(static line => line.Seq)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
            check.Take(line, remembered.Contains(line.Seq));
        var after = await HeadAsync(chain, cancellationToken);
        if ((await CheckpointAsync(chain, cancellationToken))?.Seq != checkpoint?.Seq)
            return null;
        return (check.Lines, check.Finish(before, after, anchors));
    }

    /// <summary>The key the head names. Without a head, this node's own when the chain is its own.</summary>
    private ChainKey? KeyOf(string chain, ChainHead? head) =>
        head is not null ? keys.Find(head.KeyId) : keys.Chain == chain ? keys.Sealing : null;

    private Task<ChainHead?> HeadAsync(string chain, CancellationToken cancellationToken) =>
        db.Heads.AsNoTracking().FirstOrDefaultAsync(head => head.Chain == chain, cancellationToken);

    private Task<ChainCheckpoint?> CheckpointAsync(string chain, CancellationToken cancellationToken) =>
        db.Checkpoints.AsNoTracking().FirstOrDefaultAsync(one => one.Chain == chain, cancellationToken);
}
