namespace DmpFederation.Hub.Audit;

/// <summary>Log lines of the audit, ids from 7000. They name chains, numbers and codes: never a person or an entry.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(7000, LogLevel.Critical, "The audit cannot be written ({Code}): nothing is served")]
    public static partial void TrailUnavailable(this ILogger logger, string code);

    [LoggerMessage(7001, LogLevel.Information, "The audit can be written")]
    public static partial void TrailAvailable(this ILogger logger);

    /// <summary>Kept outside the database, it shows later whether the tail of the chain was cut: <c>audit verify --anchor</c>.</summary>
    [LoggerMessage(7002, LogLevel.Information, "Audit anchor {Anchor}")]
    public static partial void Anchor(this ILogger logger, string anchor);

    [LoggerMessage(7003, LogLevel.Information, "{Count} audit lines of chain {Chain} were removed: their time is over")]
    public static partial void LinesRemoved(this ILogger logger, long count, string chain);

    [LoggerMessage(7004, LogLevel.Error, "Audit lines past their time could not be removed ({Code})")]
    public static partial void TidyFailed(this ILogger logger, string code);
}
