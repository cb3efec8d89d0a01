namespace DmpFederation.Sdk.Conformance;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>The plug-in keeps this part of the contract.</summary>
    Passed,

    /// <summary>It does not, or the fixture does not prove it.</summary>
    Failed,

    /// <summary>Nothing to check: the capability is not declared, the legacy cannot show it, or an earlier check failed.</summary>
    NotApplicable,
}

/// <summary>One check and its end.</summary>
/// <param name="Id">Stable id, <c>CNF-</c> and three digits. Never reused.</param>
/// <param name="Title">What a right plug-in does.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Problem">What was seen, or why it does not apply. Null when it passed.</param>
/// <param name="ToFix">What to do about it. Null unless it failed.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record CheckResult(string Id, string Title, CheckStatus Status, string? Problem, string? ToFix, TimeSpan Elapsed);
