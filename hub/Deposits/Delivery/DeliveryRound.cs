using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Deposits.Delivery;

/// <summary>Claims what is due and takes it to its systems: side by side where they differ, one after another within one.</summary>
internal sealed class DeliveryRound(
    IDeliveryStore store, Deliverer deliverer, DepositsMetrics metrics, IOptions<DepositOptions> options, TimeProvider clock,
    ILogger<DeliveryRound> logger)
{
    /// <summary>True when something was due.</summary>
    /// <exception cref="DepositsUnavailableException">The store cannot be used; what was claimed is tried again when its claim ends.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = await store.ClaimAsync(options.Value.LinesAtOnce, clock.GetUtcNow() + options.Value.ClaimFor, cancellationToken);
        await Task.WhenAll(due.GroupBy(static delivery => delivery.SourceId).Select(group => DeliverAsync([.. group], cancellationToken)));
        return due.Count > 0;
    }

    private async Task DeliverAsync(IReadOnlyList<DueDelivery> deliveries, CancellationToken cancellationToken)
    {
        string? away = null;
        foreach (var delivery in deliveries)
        {
            // A system that is away for one is away for the others: they wait without knocking.
            var note = away is null ? await TryAsync(delivery, cancellationToken) : deliverer.Waits(delivery, away);
            if (note.State == DeliveryState.Pending)
                away = note.Code;
            await NoteAsync(delivery, note);
        }
    }

    private async Task<DeliveryNote> TryAsync(DueDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await deliverer.DeliverAsync(delivery, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The node stops: another one, or this one after its start, goes on at once instead of when the claim ends.
            await store.NoteAsync(
                delivery, new DeliveryNote(DeliveryState.Pending, null, null, delivery.Attempts, clock.GetUtcNow()), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Not cancelled with the node: what was done was done.</summary>
    private async Task NoteAsync(DueDelivery delivery, DeliveryNote note)
    {
        var isOurs = await store.NoteAsync(delivery, note, CancellationToken.None);
        metrics.Tried(delivery.SourceId, note);
        if (!isOurs)
            logger.ClaimLost(delivery.Id, delivery.SourceId);
        else if (note.State == DeliveryState.Delivered)
            logger.Delivered(delivery.Id, delivery.SourceId);
        else if (note.State == DeliveryState.Refused)
            logger.DeliveryRefused(delivery.Id, delivery.SourceId, note.Code!);
        else
            logger.DeliveryWaits(delivery.Id, delivery.SourceId, note.Code!);
    }
}
