namespace DmpFederation.Sdk.Conformance.Fixtures;

/// <summary>What the kit makes a legacy system do wrong. The names stand in fixtures and reports.</summary>
internal static class LegacyFaults
{
    /// <summary>Nobody listens at the address; the folder or the database file is gone.</summary>
    public const string Away = "away";

    /// <summary>It answers 500 to everything.</summary>
    public const string ErrorStatus = "errorStatus";

    /// <summary>It answers 401 to everything.</summary>
    public const string Refused = "refused";

    /// <summary>Answers, files or database hold something else than they should.</summary>
    public const string Garbage = "garbage";

    /// <summary>Answers or files end half way.</summary>
    public const string Truncated = "truncated";

    /// <summary>It redirects to another origin.</summary>
    public const string Redirect = "redirect";

    /// <summary>Its answers never end.</summary>
    public const string Endless = "endless";

    /// <summary>It takes the request and never answers.</summary>
    public const string Hang = "hang";

    /// <summary>It sends half an answer and then nothing more.</summary>
    public const string Stall = "stall";

    public static IReadOnlyList<string> All { get; } =
        [Away, ErrorStatus, Refused, Garbage, Truncated, Redirect, Endless, Hang, Stall];

    /// <summary>The faults a kind of legacy can show.</summary>
    public static IReadOnlyList<string> Of(LegacyKind kind) => kind switch
    {
        LegacyKind.Http => All,
        LegacyKind.Files => [Away, Garbage, Truncated],
        LegacyKind.Sql => [Away, Garbage],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
