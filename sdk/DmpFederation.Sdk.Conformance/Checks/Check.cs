namespace DmpFederation.Sdk.Conformance.Checks;

/// <summary>How a check ended, without its name.</summary>
/// <param name="Status">Passed, failed or not applicable.</param>
/// <param name="Problem">Null when it passed.</param>
internal readonly record struct Verdict(CheckStatus Status, string? Problem)
{
    public static Verdict Pass => new(CheckStatus.Passed, null);

    public static Verdict Fail(string problem) => new(CheckStatus.Failed, problem);

    public static Verdict NotApplicable(string reason) => new(CheckStatus.NotApplicable, reason);

    /// <summary>Passed when there is no problem.</summary>
    public static Verdict Of(string? problem) => problem is null ? Pass : Fail(problem);
}

/// <summary>One check.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Title">What a right plug-in does.</param>
/// <param name="ToFix">What to do when it does not.</param>
/// <param name="RunAsync">Runs it.</param>
internal sealed record Check(string Id, string Title, string ToFix, Func<Bench, Task<Verdict>> RunAsync)
{
    /// <summary>Ids of the checks without which this one says nothing: when one of them failed, this one does not apply.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}
