namespace DmpFederation.Hub.Deposits;

/// <summary>Why a deposit was not taken. Names no patient and repeats nothing of what was sent.</summary>
/// <param name="Code">Contract §5, or <c>DEPOSIT_UNAVAILABLE</c>.</param>
/// <param name="Rule">The rule, or what to mend.</param>
/// <param name="Message">A sentence for whoever mends it; null when the code says it all.</param>
internal sealed record DepositFault(string Code, string Rule, string? Message = null)
{
    public const string BadRequest = "BAD_REQUEST";
    public const string Conflict = "CONFLICT";
    public const string NotFound = "NOT_FOUND";
    public const string Unavailable = "DEPOSIT_UNAVAILABLE";

    public static DepositFault Bad(string rule, string message) => new(BadRequest, rule, message);
}

/// <summary>Whether a resource is FHIR R4. The store that keeps it checks it as everything it takes in.</summary>
internal interface IResourceCheck
{
    /// <summary>Null when it is.</summary>
    ResourceFault? Check(ReadOnlySpan<byte> resource);
}

/// <summary>What to mend in a resource; repeats nothing of it.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Reason">The element and what is wrong with it.</param>
internal sealed record ResourceFault(string Code, string Reason);

/// <summary>Deposits can be neither kept nor read now.</summary>
/// <param name="code">A code of the store (<c>DISK_FULL</c>, <c>UNREACHABLE</c>, …).</param>
internal sealed class DepositsUnavailableException(string code) : Exception($"The store of deposits cannot be used: {code}.")
{
    public string Code { get; } = code;
}
