namespace DmpFederation.Hub.Identity;

/// <summary>Log lines of Identity, 1500 to 1599. Never an identifier or a trait.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(1500, LogLevel.Warning, "The INSi teleservice gave no usable answer: {Fault}")]
    public static partial void TeleserviceFailed(this ILogger logger, string fault);
}
