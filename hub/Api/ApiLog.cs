namespace DmpFederation.Hub.Api;

internal static partial class ApiLog
{
    [LoggerMessage(5001, LogLevel.Error, "Request {CorrelationId} failed: {FaultType}")]
    public static partial void RequestFailed(this ILogger logger, string correlationId, string faultType);

    [LoggerMessage(5002, LogLevel.Information, "Token refused: {FaultType}")]
    public static partial void TokenRefused(this ILogger logger, string faultType);
}
