namespace DmpFederation.Hub.Federation;

/// <summary>Log lines of Federation, 2000 to 2099. Never patient data, never the message of an outside exception.</summary>
internal static partial class FederationLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Source {SourceId} did not end at the deadline and was abandoned")]
    public static partial void SourceAbandoned(this ILogger logger, string sourceId);

    [LoggerMessage(2001, LogLevel.Error, "Reading source {SourceId} broke: {FaultType}")]
    public static partial void SourceFaulted(this ILogger logger, string sourceId, string faultType);

    [LoggerMessage(2002, LogLevel.Error, "Source {SourceId} gave an entry filed under a key it was not asked for; nothing of it is shown")]
    public static partial void WrongPatient(this ILogger logger, string sourceId);

    [LoggerMessage(2003, LogLevel.Warning, "What an answer taught about a mask could not be written down: {Fault}. The next answer teaches it again")]
    public static partial void LessonNotWritten(this ILogger logger, string fault);
}
