namespace DmpFederation.Hub.Deposits;

/// <summary>Log lines of deposits, ids from 9000. They name sources, lines and codes: never patients, never what was deposited.</summary>
internal static partial class DepositsLog
{
    [LoggerMessage(9000, LogLevel.Information, "Delivery {Delivery} to source {SourceId}: delivered")]
    public static partial void Delivered(this ILogger logger, long delivery, string sourceId);

    [LoggerMessage(9001, LogLevel.Warning, "Delivery {Delivery} to source {SourceId} was refused: {Code}")]
    public static partial void DeliveryRefused(this ILogger logger, long delivery, string sourceId, string code);

    [LoggerMessage(9002, LogLevel.Information, "Delivery {Delivery} to source {SourceId} waits: {Code}")]
    public static partial void DeliveryWaits(this ILogger logger, long delivery, string sourceId, string code);

    [LoggerMessage(9003, LogLevel.Warning, "Delivery {Delivery} to source {SourceId} was claimed by another node meanwhile")]
    public static partial void ClaimLost(this ILogger logger, long delivery, string sourceId);

    [LoggerMessage(9004, LogLevel.Error, "Deliveries cannot be looked at: {Code}")]
    public static partial void StoreUnusable(this ILogger logger, string code);

    [LoggerMessage(9005, LogLevel.Error, "Delivering failed: {FaultType}")]
    public static partial void DeliveringFailed(this ILogger logger, string faultType);
}
