namespace DmpFederation.Hub.Connectors;

/// <summary>Log lines of the connectors, ids from 1000. They name sources, plug-ins and fault types: never patients, never an outside message.</summary>
internal static partial class ConnectorsLog
{
    [LoggerMessage(1000, LogLevel.Information, "Plug-in {PluginId} {Version} loaded")]
    public static partial void PluginLoaded(this ILogger logger, string pluginId, string version);

    [LoggerMessage(1001, LogLevel.Error, "Plug-in {PluginId} {Version} refused: {Problem}")]
    public static partial void PluginRefused(this ILogger logger, string pluginId, string version, string problem);

    [LoggerMessage(1002, LogLevel.Information, "Plug-in {PluginId} {Version} unloaded")]
    public static partial void PluginUnloaded(this ILogger logger, string pluginId, string version);

    [LoggerMessage(1003, LogLevel.Warning, "Plug-in {PluginId} {Version} stays in memory after {Checks} checks")]
    public static partial void PluginStaysInMemory(this ILogger logger, string pluginId, string version, int checks);

    [LoggerMessage(1004, LogLevel.Information, "Registry {Version}: {Sources} sources, {Changed} opened or changed")]
    public static partial void RegistrySwapped(this ILogger logger, int version, int sources, int changed);

    [LoggerMessage(1005, LogLevel.Error, "The configuration has a fault: {Fault}")]
    public static partial void ConfigurationFaulty(this ILogger logger, string fault);

    [LoggerMessage(1006, LogLevel.Warning, "Source {SourceId} is {State}: {Reason}")]
    public static partial void SourceShut(this ILogger logger, string sourceId, SourceState state, string reason);

    [LoggerMessage(1007, LogLevel.Information, "Source {SourceId} answers")]
    public static partial void SourceAnswers(this ILogger logger, string sourceId);

    [LoggerMessage(1008, LogLevel.Warning, "Source {SourceId} does not answer: {Reason}")]
    public static partial void SourceUnreachable(this ILogger logger, string sourceId, string reason);

    [LoggerMessage(1009, LogLevel.Error, "The connector of source {SourceId} failed: {FaultType}")]
    public static partial void ConnectorFaulted(this ILogger logger, string sourceId, string faultType);

    [LoggerMessage(1010, LogLevel.Critical, "Source {SourceId} gave data of another patient and is shut; nothing of that call was shown")]
    public static partial void SourceShutForPatient(this ILogger logger, string sourceId);

    [LoggerMessage(1011, LogLevel.Warning, "Source {SourceId} was let in again by an operator")]
    public static partial void SourceReadmitted(this ILogger logger, string sourceId);

    [LoggerMessage(1012, LogLevel.Warning, "Circuit of source {SourceId} for {Capability} opened")]
    public static partial void CircuitOpened(this ILogger logger, string sourceId, string capability);

    [LoggerMessage(1013, LogLevel.Information, "Circuit of source {SourceId} for {Capability} closed")]
    public static partial void CircuitClosed(this ILogger logger, string sourceId, string capability);

    [LoggerMessage(1014, LogLevel.Warning, "Calls of removed source {SourceId} are cancelled")]
    public static partial void CallsCancelled(this ILogger logger, string sourceId);

    [LoggerMessage(1015, LogLevel.Warning, "The connector of source {SourceId} did not close: {FaultType}")]
    public static partial void CloseFailed(this ILogger logger, string sourceId, string faultType);

    [LoggerMessage(1016, LogLevel.Warning, "Folder {Folder} cannot be watched ({FaultType}); changes are seen at the next look")]
    public static partial void WatchFailed(this ILogger logger, string folder, string faultType);

    [LoggerMessage(1017, LogLevel.Error, "That source {SourceId} is shut could not be written down ({FaultType}); it holds until the hub stops")]
    public static partial void ShutNotKept(this ILogger logger, string sourceId, string faultType);

    [LoggerMessage(1018, LogLevel.Error, "Reading the configuration failed: {FaultType}")]
    public static partial void ReloadFailed(this ILogger logger, string faultType);

    [LoggerMessage(1019, LogLevel.Warning, "A write to source {SourceId} failed: {Code}, final: {IsFinal}")]
    public static partial void WriteFailed(this ILogger logger, string sourceId, string code, bool isFinal);
}
