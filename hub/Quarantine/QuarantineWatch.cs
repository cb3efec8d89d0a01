namespace DmpFederation.Hub.Quarantine;

/// <summary>Tells operators how the quarantine fares: log, metrics, health.</summary>
internal sealed class QuarantineWatch(IQuarantineStore store, QuarantineHealth health, QuarantineMetrics metrics, ILogger<QuarantineWatch> logger)
{
    public void Usable()
    {
        if (health.Observe(null))
            logger.StoreAvailable();
    }

    public void Unusable(string code)
    {
        if (health.Observe(code))
            logger.StoreUnavailable(code);
    }

    public void Kept(IReadOnlyList<KeptCount> counts)
    {
        Usable();
        foreach (var count in counts)
        {
            metrics.Kept(count.SourceId, true, count.New);
            metrics.Kept(count.SourceId, false, count.Again);
            metrics.Lost(count.SourceId, LossReasons.Quota, count.BeyondQuota);
            if (count.New > 0)
                logger.ItemsKept(count.SourceId, count.New);
            if (count.BeyondQuota > 0)
                logger.QuotaFull(count.SourceId, count.BeyondQuota);
        }
    }

    public void Lost(IReadOnlyList<SeenItem> items, string code)
    {
        Unusable(code);
        foreach (var source in items.CountBy(static item => item.SourceId))
            metrics.Lost(source.Key, LossReasons.Unavailable, source.Value);
    }

    /// <summary>The items themselves failed; the store is not to blame.</summary>
    public void Failed(IReadOnlyList<WaitingRead> reads, string faultType)
    {
        foreach (var read in reads)
        {
            logger.ItemsFailed(read.Source.Id, read.Items.Count, faultType);
            metrics.Lost(read.Source.Id, LossReasons.Unavailable, read.Items.Count);
        }
    }

    public void Erased(int count)
    {
        if (count > 0)
            logger.BytesErased(count);
    }

    /// <summary>Shows how much is held. Only looking: when that fails the last figures stay.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            metrics.Holds(await store.HeldAsync(cancellationToken));
        }
        catch (Exception fault) when (fault is QuarantineUnavailableException or OperationCanceledException)
        {
            // Said already by whoever tried to write.
        }
    }
}
