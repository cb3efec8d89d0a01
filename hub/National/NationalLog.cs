namespace DmpFederation.Hub.National;

/// <summary>Log lines of the national model, ids from 9000. They hold numbers and codes: never an identifier of a person, never what one decided.</summary>
internal static partial class NationalLog
{
    [LoggerMessage(9000, LogLevel.Error, "The national database cannot be used ({Code}): no dossier is shown until it can")]
    public static partial void DatabaseUnavailable(this ILogger logger, string code);

    [LoggerMessage(9001, LogLevel.Information, "The national database can be used")]
    public static partial void DatabaseAvailable(this ILogger logger);

    [LoggerMessage(9002, LogLevel.Information, "What {Count} dossiers closed long ago held was destroyed")]
    public static partial void DossiersDestroyed(this ILogger logger, int count);

    [LoggerMessage(9003, LogLevel.Warning, "Too much waits for the identity stewards: {Count} disagreements were not taken, and are met again at the next read")]
    public static partial void WorkNotTaken(this ILogger logger, int count);

    [LoggerMessage(9004, LogLevel.Error, "{Count} disagreements for the identity stewards could not be written down ({Code}): they are met again at the next read")]
    public static partial void WorkNotWritten(this ILogger logger, int count, string code);

    [LoggerMessage(9005, LogLevel.Information, "Disagreements for the identity stewards are written down again")]
    public static partial void WorkWritten(this ILogger logger);
}
