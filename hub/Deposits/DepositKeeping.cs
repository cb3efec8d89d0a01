using DmpFederation.Hub.Deposits.Delivery;

namespace DmpFederation.Hub.Deposits;

/// <summary>Keeps a checked deposit, counts it, and wakes what delivers.</summary>
internal sealed class DepositKeeping(IDepositStore store, DeliverySignal signal, DepositsMetrics metrics)
{
    /// <summary>The receipt, or why nothing was kept.</summary>
    public async Task<(DepositReceipt? Receipt, DepositFault? Fault)> KeepAsync(NewDeposit deposit, CancellationToken cancellationToken)
    {
        try
        {
            switch (await store.KeepAsync(deposit, cancellationToken))
            {
                case KeepOutcome.Kept kept:
                    metrics.Received(kept.IsNew ? "KEPT" : "REPEATED");
                    if (kept.IsNew && kept.Receipt.Deliveries.Count > 0)
                        signal.Wake();
                    return (kept.Receipt, null);
                case KeepOutcome.Conflict conflict:
                    metrics.Received(DepositFault.Conflict);
                    return (null, new DepositFault(DepositFault.Conflict, conflict.Rule, "The deposit does not fit what is kept already."));
                case KeepOutcome.NothingToReplace:
                    return (null, new DepositFault(
                        DepositFault.NotFound, "REPLACES_UNKNOWN", "'replaces' names no deposit of this patient by the depositor or their structure."));
                default:
                    throw new InvalidOperationException("The family of outcomes is closed.");
            }
        }
        catch (DepositsUnavailableException fault)
        {
            metrics.Received(DepositFault.Unavailable);
            return (null, new DepositFault(DepositFault.Unavailable, fault.Code));
        }
    }
}
