namespace DmpFederation.Sdk;

/// <summary>Codes of faults of a source. A connector may add its own; they are upper case and never reused.</summary>
public static class SourceFaultCodes
{
    /// <summary>Nothing answers at the address, or the file or database cannot be opened.</summary>
    public const string Unreachable = "UNREACHABLE";

    /// <summary>It answered with an error status.</summary>
    public const string ErrorStatus = "ERROR_STATUS";

    /// <summary>It answered something that is not its protocol.</summary>
    public const string BadAnswer = "BAD_ANSWER";

    /// <summary>It answered more than the budget allows.</summary>
    public const string TooLarge = "TOO_LARGE";

    /// <summary>It refused the hub's credentials.</summary>
    public const string Refused = "REFUSED";

    /// <summary>It sent the hub elsewhere (a redirect or page link to another origin), which is not followed.</summary>
    public const string ForeignLink = "FOREIGN_LINK";

    /// <summary>It answered about another patient than the one asked for. The hub shows nothing of the answer and shuts the source.</summary>
    public const string WrongPatient = "WRONG_PATIENT";

    /// <summary>The cursor is older than the source's memory: start again with a copy.</summary>
    public const string CursorExpired = "CURSOR_EXPIRED";

    /// <summary>An idempotency key was used before with other content.</summary>
    public const string Conflict = "CONFLICT";
}

/// <summary>A source could not do what was asked. The message is made of the code alone: neither the legacy's text nor patient data.</summary>
/// <param name="code">One of <see cref="SourceFaultCodes"/> or the connector's own.</param>
public sealed class SourceFaultException(string code) : Exception($"The source failed: {code}.")
{
    /// <summary>Stable upper-case code.</summary>
    public string Code { get; } = code;

    /// <summary>
    /// Of a write: true when the source refused what it was given, so that the same again would be refused again. Default: true for
    /// <see cref="SourceFaultCodes.Conflict"/> alone. False means that the hub asks again later, with the same idempotency key.
    /// </summary>
    public bool IsFinal { get; init; } = code == SourceFaultCodes.Conflict;
}
