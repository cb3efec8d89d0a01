namespace DmpFederation.Hub.Migration.Serving;

/// <summary>Log lines of serving migrated sources, 8500 to 8599. Never patient data.</summary>
internal static partial class ServingLog
{
    [LoggerMessage(8500, LogLevel.Error, "How migrations stand cannot be read ({Code}): what was known last holds")]
    public static partial void RoutesUnknown(this ILogger logger, string code);

    [LoggerMessage(8501, LogLevel.Information, "How migrations stand can be read again")]
    public static partial void RoutesKnown(this ILogger logger);

    [LoggerMessage(8502, LogLevel.Warning, "The national store did not answer for source {SourceId} ({Code}): its legacy system is asked where it still may be")]
    public static partial void FellBack(this ILogger logger, string sourceId, string code);

    [LoggerMessage(8503, LogLevel.Warning, "A shadow comparison of source {SourceId} could not be made or written down ({Fault})")]
    public static partial void ShadowFailed(this ILogger logger, string sourceId, string fault);
}
