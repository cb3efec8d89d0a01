using DmpFederation.Hub.Audit.Chain;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>
/// Removes the beginnings of chains whose time is over, a piece at a time so that the writer need not wait, and leaves a sealed checkpoint. Chains
/// whose key is not in the key file are left to the node that has it.
/// </summary>
internal sealed class ChainTidy(AuditDb db, ChainKeys keys)
{
    private const int Piece = 2_000;

    /// <summary>What was removed, by chain.</summary>
    /// <exception cref="AuditUnavailableException">
    /// <c>CHAIN_BROKEN</c>: a beginning does not verify. It stays for whoever looks into it; what was sound was removed.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(long before, CancellationToken cancellationToken)
    {
        var removed = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var broken = false;
        foreach (var head in await db.Heads.AsNoTracking().ToListAsync(cancellationToken))
        {
            if (keys.Find(head.KeyId) is not { } key)
                continue;
            var (count, isSound) = await ChainAsync(key, head.Chain, before, cancellationToken);
            broken |= !isSound;
            if (count > 0)
                removed[head.Chain] = count;
        }
        return broken ? throw new AuditUnavailableException("CHAIN_BROKEN") : removed;
    }

    private async Task<(long Removed, bool IsSound)> ChainAsync(ChainKey key, string chain, long before, CancellationToken cancellationToken)
    {
        var mine = db.Lines.Where(line => line.Chain == chain);
        // Clocks were set back now and then: what stands after the first line that is kept is kept too.
        var kept = await mine.Where(line => line.At >= before).MinAsync(static line => (long?)line.Seq, cancellationToken);
        var last = kept - 1 ?? await mine.MaxAsync(static line => (long?)line.Seq, cancellationToken) ?? 0;
        var total = 0L;
        while (await mine.MinAsync(static line => (long?)line.Seq, cancellationToken) is { } next && next <= last)
        {
            if (await PieceAsync(key, chain, Math.Min(last, next + Piece - 1), cancellationToken) is not { } removed)
                return (total, false);
            total += removed;
        }
        return (total, true);
    }

    /// <summary>Removes the lines up to a place; null when they do not verify, and then nothing is removed.</summary>
    private async Task<int?> PieceAsync(ChainKey key, string chain, long last, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var checkpoint = await db.Checkpoints.FirstOrDefaultAsync(one => one.Chain == chain, cancellationToken);
        var lines = db.Lines.Where(line => line.Chain == chain && line.Seq <= last);
        var check = new ChainCheck(key, chain, checkpoint);
        var hash = Array.Empty<byte>();
        await foreach (var line in lines.AsNoTracking().OrderBy(static line => line.Seq).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            check.Take(line, remembered: false);
            hash = line.Hash;
        }
        if (!check.IsSoundTo(last))
            return null;
        if (checkpoint is null)
            db.Add(checkpoint = new ChainCheckpoint { Chain = chain, Seq = 0, Hash = [], Seal = [] });
        (checkpoint.Seq, checkpoint.Hash, checkpoint.Seal) = (last, hash, key.Checkpoint(chain, last, hash));
        await db.SaveChangesAsync(cancellationToken);
        var removed = await lines.ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return removed;
    }
}
