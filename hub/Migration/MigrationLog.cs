namespace DmpFederation.Hub.Migration;

/// <summary>Log lines of migrations, ids from 8000. They name sources, slices, counts and codes: never patients, never an outside message.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(8000, LogLevel.Information, "Migration work {Work} ({Kind}) begins on this node")]
    public static partial void WorkBegins(this ILogger logger, string work, string kind);

    [LoggerMessage(8001, LogLevel.Information, "Migration work {Work} ({Kind}) has ended")]
    public static partial void WorkEnded(this ILogger logger, string work, string kind);

    [LoggerMessage(8002, LogLevel.Warning, "Migration work {Work} waits for its source: {Code}; next try in {Pause}")]
    public static partial void WaitsForSource(this ILogger logger, string work, string code, TimeSpan pause);

    [LoggerMessage(8003, LogLevel.Error, "Migration work {Work} waits for its store: {Code}; next try in {Pause}")]
    public static partial void WaitsForStore(this ILogger logger, string work, string code, TimeSpan pause);

    [LoggerMessage(8004, LogLevel.Warning, "Migration work {Work} is done by another node now")]
    public static partial void FencedOff(this ILogger logger, string work);

    [LoggerMessage(8005, LogLevel.Information, "Migration work {Work} was moved meanwhile: {Rule}")]
    public static partial void MovedMeanwhile(this ILogger logger, string work, string rule);

    [LoggerMessage(8006, LogLevel.Error, "Migration work {Work} failed: {FaultType}; next try in {Pause}")]
    public static partial void WorkFailed(this ILogger logger, string work, string faultType, TimeSpan pause);

    [LoggerMessage(8007, LogLevel.Error, "Migrations cannot be looked at: {Code}")]
    public static partial void StoreUnusable(this ILogger logger, string code);

    [LoggerMessage(8008, LogLevel.Warning, "Source {SourceId}: {Sick} patients cannot be read; they are set aside and tried again")]
    public static partial void SickPatients(this ILogger logger, string sourceId, int sick);

    [LoggerMessage(8010, LogLevel.Warning, "Of {Slice} both sides changed {Facts} facts that nobody settled")]
    public static partial void Diverged(this ILogger logger, string slice, int facts);

    [LoggerMessage(8009, LogLevel.Warning, "The way back of {Slice} could not be rehearsed; it is tried again")]
    public static partial void NotRehearsed(this ILogger logger, string slice);
}
