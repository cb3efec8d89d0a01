using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Traits;

/// <summary>Compares birth names and given names as different systems write them.</summary>
internal static class NameFit
{
    /// <summary>A text counts as cut off only from this many letters on: legacy fields are not shorter, and short names begin alike.</summary>
    private const int ShortestCut = 8;

    private const int ShortestSpelling = 5;
    private const int ShortestPart = 3;

    /// <summary>
    /// Compares the names of birth. Where a system files the used name in their place, that name counts too; a used name alone contradicts
    /// nothing, since only one side may know it.
    /// </summary>
    public static TraitFit OfBirthNames(PatientTraits one, PatientTraits other)
    {
        if (one.BirthName is not { } left || other.BirthName is not { } right)
        {
            var fit = Of(one.BirthName ?? one.UsedName, other.BirthName ?? other.UsedName);
            return fit.Kind == FitKind.Different ? TraitFit.NotStated : fit;
        }
        var birth = Of(left, right);
        if (birth.Kind != FitKind.Different)
            return birth;
        return Of(one.UsedName, right).Confirms || Of(left, other.UsedName).Confirms ? TraitFit.Tolerable(TraitRules.NameUsed) : birth;
    }

    /// <summary>Compares lists of given names: any number of them from the first on is the same person's.</summary>
    public static TraitFit OfGivenNames(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var (left, right) = (NameWords.Of(one), NameWords.Of(other));
        if (left.Words.Count == 0 || right.Words.Count == 0)
            return TraitFit.NotStated;
        if (left.BeginsAs(right) || right.BeginsAs(left))
            return TraitFit.Same;
        if (left.Holds(right) || right.Holds(left))
            return TraitFit.Tolerable(TraitRules.GivenPart);
        if (left.IsInitialsOf(right) || right.IsInitialsOf(left))
            return TraitFit.Tolerable(TraitRules.GivenInitial);
        if (IsCut(left, right))
            return TraitFit.Tolerable(TraitRules.GivenCut);
        return LostLetters.AnyBeginning(left, right) ? TraitFit.Tolerable(TraitRules.GivenLetters) : TraitFit.Different(TraitRules.Given);
    }

    private static TraitFit Of(string? one, string? other)
    {
        if (one is null || other is null)
            return TraitFit.NotStated;
        var (left, right) = (NameWords.Of(one), NameWords.Of(other));
        if (left.Words.Count == 0 || right.Words.Count == 0)
            return TraitFit.NotStated;
        if (left.Joined.Letters == right.Joined.Letters && !left.Joined.HasGap)
            return TraitFit.Same;
        if (IsPart(left, right) || IsPart(right, left))
            return TraitFit.Tolerable(TraitRules.NamePart);
        if (IsCut(left, right))
            return TraitFit.Tolerable(TraitRules.NameCut);
        if (LostLetters.Explain(left.Joined, right.Joined))
            return TraitFit.Tolerable(TraitRules.NameLetters);
        return IsOneLetterApart(left.Joined.Letters, right.Joined.Letters)
            ? TraitFit.Tolerable(TraitRules.NameSpelling) : TraitFit.Different(TraitRules.Name);
    }

    private static bool IsPart(NameWords whole, NameWords part) => part.Joined.Letters.Length >= ShortestPart && whole.Holds(part);

    private static bool IsCut(NameWords one, NameWords other)
    {
        var (left, right) = (one.Joined.Letters, other.Joined.Letters);
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        return shorter.Length >= ShortestCut && longer.StartsWith(shorter, StringComparison.Ordinal);
    }

    /// <summary>One letter wrong, missing or too many, or two neighbours exchanged.</summary>
    private static bool IsOneLetterApart(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (shorter.Length < ShortestSpelling || longer.Length - shorter.Length > 1)
            return false;
        var at = 0;
        while (at < shorter.Length && shorter[at] == longer[at])
            at++;
        var left = shorter.AsSpan(at);
        var right = longer.AsSpan(at);
        if (left.Length < right.Length)
            return left.SequenceEqual(right[1..]);
        if (left.Length <= 1 || left[1..].SequenceEqual(right[1..]))
            return true;
        return left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]);
    }
}
