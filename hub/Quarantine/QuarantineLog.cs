namespace DmpFederation.Hub.Quarantine;

/// <summary>Log lines of the quarantine, ids from 6000. They name sources, numbers and codes: never a patient, place, reason or byte.</summary>
internal static partial class QuarantineLog
{
    [LoggerMessage(6000, LogLevel.Error, "The quarantine cannot be written ({Code}): items stay unreadable in dossiers and are not kept")]
    public static partial void StoreUnavailable(this ILogger logger, string code);

    [LoggerMessage(6001, LogLevel.Information, "The quarantine can be written")]
    public static partial void StoreAvailable(this ILogger logger);

    [LoggerMessage(6002, LogLevel.Warning, "Too much waits for the quarantine: {Count} items of source {SourceId} were not taken")]
    public static partial void IntakeFull(this ILogger logger, string sourceId, int count);

    [LoggerMessage(6003, LogLevel.Warning, "The quota of source {SourceId} is full: {Count} items were not kept")]
    public static partial void QuotaFull(this ILogger logger, string sourceId, int count);

    [LoggerMessage(6004, LogLevel.Information, "Source {SourceId} gave {Count} new unreadable items")]
    public static partial void ItemsKept(this ILogger logger, string sourceId, int count);

    [LoggerMessage(6005, LogLevel.Information, "Item {ItemId} of source {SourceId} was replayed: {Entries} entries")]
    public static partial void ItemReplayed(this ILogger logger, long itemId, string sourceId, int entries);

    [LoggerMessage(6006, LogLevel.Information, "Item {ItemId} of source {SourceId} is still unreadable ({Code})")]
    public static partial void ItemStillUnreadable(this ILogger logger, long itemId, string sourceId, string code);

    [LoggerMessage(6007, LogLevel.Warning, "Item {ItemId} was discarded")]
    public static partial void ItemDiscarded(this ILogger logger, long itemId);

    [LoggerMessage(6009, LogLevel.Error, "Up to {Count} items of source {SourceId} could not be written down ({FaultType})")]
    public static partial void ItemsFailed(this ILogger logger, string sourceId, int count, string faultType);

    [LoggerMessage(6008, LogLevel.Information, "The bytes of {Count} settled items were erased")]
    public static partial void BytesErased(this ILogger logger, int count);
}
