using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.Quarantine.Store;

/// <summary>Many items, one transaction: known ones are counted, new ones kept within the quota of their source.</summary>
internal sealed class GroupCommit(QuarantineDb db, QuarantineOptions options)
{
    public async Task<IReadOnlyList<KeptCount>> RunAsync(IReadOnlyList<SeenItem> items, CancellationToken cancellationToken)
    {
        var groups = items.GroupBy(static item => item.Fingerprint, StringComparer.Ordinal).ToList();
        var prints = groups.ConvertAll(static group => group.Key);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await db.Items.Where(item => prints.Contains(item.Fingerprint))
            .ToDictionaryAsync(static item => item.Fingerprint, cancellationToken);
        var fresh = groups.Where(group => !known.ContainsKey(group.Key));
        var quotas = await QuotasAsync(fresh.Select(static group => group.First().SourceId), cancellationToken);
        var counts = new SortedDictionary<string, KeptCount>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var last = group.MaxBy(static item => item.SeenAt)!;
            var times = group.Count();
            var count = counts.GetValueOrDefault(last.SourceId) ?? new KeptCount(last.SourceId, 0, 0, 0);
            if (known.TryGetValue(group.Key, out var item))
            {
                SeenAgain(item, last, times);
                count = count with { Again = count.Again + times };
            }
            else if (quotas[last.SourceId].Takes(last.Kept.Length, options))
            {
                db.Add(New(last, group.Min(static one => one.SeenAt), times));
                count = count with { New = count.New + 1, Again = count.Again + times - 1 };
            }
            else
            {
                count = count with { BeyondQuota = count.BeyondQuota + times };
            }
            counts[last.SourceId] = count;
        }
        var beyond = counts.Values.Where(static count => count.BeyondQuota > 0);
        await CountRefusalsAsync(beyond, items.Max(static item => item.SeenAt), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. counts.Values];
    }

    private static void SeenAgain(QuarantinedItem item, SeenItem seen, int times)
    {
        item.TimesSeen += times;
        if (seen.SeenAt <= item.LastSeen)
            return;
        item.LastSeen = seen.SeenAt;
        // What was seen before the item was settled says nothing about the build that settled it.
        if (item.State == QuarantineState.Discarded || seen.SeenAt <= item.SettledAt)
            return;
        (item.Code, item.Reason) = (seen.Code, seen.Reason);
        (item.PluginId, item.PluginVersion) = (seen.PluginId, seen.PluginVersion);
        if (item.State == QuarantineState.Held)
            return;
        item.State = QuarantineState.Held;
        (item.SettledAt, item.SettledBy, item.SettledReason, item.ReplayedEntries) = (null, null, null, null);
        if (item.StoredLength > 0 || seen.Kept.IsEmpty)
            return;
        item.StoredLength = seen.Kept.Length;
        item.Raw = new QuarantinedBytes { Bytes = seen.Kept.ToArray() };
    }

    private static QuarantinedItem New(SeenItem seen, DateTimeOffset first, int times) => new()
    {
        SourceId = seen.SourceId,
        PluginId = seen.PluginId,
        PluginVersion = seen.PluginVersion,
        Code = seen.Code,
        Reason = seen.Reason,
        Position = seen.Position,
        LocalId = seen.LocalId,
        PatientSystem = seen.Patient?.System,
        PatientValue = seen.Patient?.Value,
        Fingerprint = seen.Fingerprint,
        Sha256 = seen.Sha256,
        Length = seen.Length,
        StoredLength = seen.Kept.Length,
        FirstSeen = first,
        LastSeen = seen.SeenAt,
        TimesSeen = times,
        Raw = seen.Kept.IsEmpty ? null : new QuarantinedBytes { Bytes = seen.Kept.ToArray() },
    };

    private async Task<Dictionary<string, Quota>> QuotasAsync(IEnumerable<string> sourceIds, CancellationToken cancellationToken)
    {
        var sources = sourceIds.Distinct().ToList();
        var quotas = sources.ToDictionary(static id => id, static _ => new Quota());
        var used = await db.Items.Where(item => sources.Contains(item.SourceId) && item.State == QuarantineState.Held)
            .GroupBy(static item => item.SourceId)
            .Select(static group => new { group.Key, Items = group.Count(), Bytes = group.Sum(static item => (long)item.StoredLength) })
            .ToListAsync(cancellationToken);
        foreach (var source in used)
            quotas[source.Key] = new Quota { Items = source.Items, Bytes = source.Bytes };
        return quotas;
    }

    private async Task CountRefusalsAsync(IEnumerable<KeptCount> beyond, DateTimeOffset last, CancellationToken cancellationToken)
    {
        foreach (var count in beyond)
        {
            if (await db.Refusals.FindAsync([count.SourceId], cancellationToken) is not { } refusals)
                db.Add(refusals = new QuotaRefusals { SourceId = count.SourceId });
            refusals.Count += count.BeyondQuota;
            refusals.Last = last;
        }
    }

    private sealed class Quota
    {
        public int Items { get; set; }

        public long Bytes { get; set; }

        public bool Takes(int bytes, QuarantineOptions options)
        {
            if (Items >= options.MaxItemsPerSource || Bytes + bytes > options.MaxBytesPerSource)
                return false;
            Items++;
            Bytes += bytes;
            return true;
        }
    }
}
