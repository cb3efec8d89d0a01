using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Traits;

/// <summary>What comparing two statements of traits came to.</summary>
internal enum TraitsVerdict
{
    /// <summary>Nothing stated by both differs.</summary>
    Agreement,

    /// <summary>Something differs, and it is no ground to doubt the person.</summary>
    Tolerable,

    /// <summary>Two persons, or nobody can tell: never merged.</summary>
    Mismatch,
}

/// <summary>One trait that differs. Says which and by what rule, never the values.</summary>
internal sealed record TraitDifference(IdentityTrait Trait, string RuleId);

/// <summary>
/// Whether two statements of identity traits can be one person's. Pure, symmetric, and blind to what one side does not state. A name alone is
/// never a mismatch: people marry, clerks shorten, and 2009's systems lose letters.
/// </summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="RuleId">The rule that makes it a mismatch; null otherwise.</param>
/// <param name="Differences">Every trait that differs, tolerated ones included, in the order of <see cref="IdentityTrait"/>.</param>
internal sealed record TraitsComparison(TraitsVerdict Verdict, string? RuleId, IReadOnlyList<TraitDifference> Differences)
{
    private static readonly TraitsComparison Agreeing = new(TraitsVerdict.Agreement, null, []);

    public bool IsMismatch => Verdict == TraitsVerdict.Mismatch;

    public static TraitsComparison Of(PatientTraits one, PatientTraits other)
    {
        var name = NameFit.OfBirthNames(one, other);
        var given = NameFit.OfGivenNames(one.GivenNames, other.GivenNames);
        var date = BirthDateFit.Of(one.BirthDate, other.BirthDate);
        var sex = SexFit(one.Sex, other.Sex);
        var place = BirthPlaceFit.Of(one.BirthPlaceCode, other.BirthPlaceCode);
        if (name.RuleId is null && given.RuleId is null && date.RuleId is null && sex.RuleId is null && place.RuleId is null)
            return Agreeing;

        var differences = new List<TraitDifference>(2);
        Add(differences, IdentityTrait.BirthName, name);
        Add(differences, IdentityTrait.GivenNames, given);
        Add(differences, IdentityTrait.BirthDate, date);
        Add(differences, IdentityTrait.Sex, sex);
        Add(differences, IdentityTrait.BirthPlace, place);
        var rule = MismatchRule(name, given, date, sex, place);
        return new TraitsComparison(rule is null ? TraitsVerdict.Tolerable : TraitsVerdict.Mismatch, rule, differences);
    }

    private static string? MismatchRule(TraitFit name, TraitFit given, TraitFit date, TraitFit sex, TraitFit place)
    {
        if (date.Kind == FitKind.Different)
            return TraitRules.OtherBirthDate;
        // Father and son, or twins born around midnight, are one slip of the keyboard apart: everything else must then say that it is one person.
        if (date.RuleId == TraitRules.DateSlip && !(name.Confirms && given.Confirms && sex.Kind == FitKind.Same))
            return TraitRules.UnconfirmedBirthDate;
        // Twins share name, date and place.
        if (sex.Kind == FitKind.Different && !(given.Confirms && date.Kind == FitKind.Same))
            return TraitRules.OtherSex;
        return place.Kind == FitKind.Different && given.Kind == FitKind.Different ? TraitRules.OtherPlaceAndGivenNames : null;
    }

    private static TraitFit SexFit(TraitSex one, TraitSex other)
    {
        if (one == TraitSex.Unknown || other == TraitSex.Unknown)
            return TraitFit.NotStated;
        return one == other ? TraitFit.Same : TraitFit.Different(TraitRules.Sex);
    }

    private static void Add(List<TraitDifference> differences, IdentityTrait trait, TraitFit fit)
    {
        if (fit.RuleId is { } rule)
            differences.Add(new TraitDifference(trait, rule));
    }
}
