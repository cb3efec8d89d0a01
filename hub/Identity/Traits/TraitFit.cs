namespace DmpFederation.Hub.Identity.Traits;

/// <summary>
/// The traits that are compared: the strict ones of the RNIV. The used name stands in for the birth name where legacy systems file it so.
/// </summary>
internal enum IdentityTrait
{
    BirthName,
    GivenNames,
    BirthDate,
    Sex,
    BirthPlace,
}

/// <summary>How two statements of one trait fit.</summary>
internal enum FitKind
{
    /// <summary>One side does not state it: no disagreement, and no confirmation either.</summary>
    NotStated,

    /// <summary>The same, but for the writing (capitals, accents, hyphens, apostrophes, spaces).</summary>
    Same,

    /// <summary>Not the same text, and a known habit of legacy systems explains the difference.</summary>
    Tolerable,

    /// <summary>They contradict each other.</summary>
    Different,
}

/// <summary>How one trait fits, and the rule that says so; no rule when it is the same or not stated.</summary>
internal readonly record struct TraitFit(FitKind Kind, string? RuleId)
{
    public static readonly TraitFit NotStated = new(FitKind.NotStated, null);

    public static readonly TraitFit Same = new(FitKind.Same, null);

    public static TraitFit Tolerable(string ruleId) => new(FitKind.Tolerable, ruleId);

    public static TraitFit Different(string ruleId) => new(FitKind.Different, ruleId);

    /// <summary>
    /// True when the trait speaks for one person: the same, or a part, order or cut of it. Lost letters, one other letter and initials fit too
    /// many names to confirm anything.
    /// </summary>
    public bool Confirms =>
        Kind == FitKind.Same
        || (Kind == FitKind.Tolerable && RuleId is not (TraitRules.NameLetters or TraitRules.NameSpelling or TraitRules.GivenLetters
            or TraitRules.GivenInitial or TraitRules.DateSlip));
}
