using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Merge;

/// <summary>
/// Whether two entries can be one fact. Symmetric, and true of every pair of a group before the group is made, so that a chain of near
/// values or half-known dates never joins its two ends.
/// </summary>
internal sealed class FactMatch(ClinicalKeys keys)
{
    /// <summary>Negative when they cannot be one fact; else the higher the better they fit.</summary>
    public int Fit(in Facet left, in Facet right, ReadOnlySpan<CodeKey> codes)
    {
        if (CommonRule(left.Rule, right.Rule) is not { } rule || left.Apart || right.Apart)
            return -1;
        if (left.Source == right.Source && !MayStateTwice(rule, left, right))
            return -1;
        if (!DatesFit(rule.Data.Date, left, right) || CodesContradict(left, right, codes))
            return -1;
        if (rule.Data.Value && !ValuesAgree(left.Measure, right.Measure))
            return -1;
        if (rule.Data.Author == AuthorMatch.NotContradicting && AuthorsContradict(left, right))
            return -1;
        if (rule.Facets != FactFacet.None && !FacetsFit(rule.Facets, left, right))
            return -1;
        return (left.Moment && right.Moment ? 4 : 0)
            + (left.Entry.Date == right.Entry.Date ? 2 : 0)
            + (left.Measure.Value == right.Measure.Value ? 1 : 0);
    }

    /// <summary>True when a code system known to both gives them no common code.</summary>
    public static bool CodesContradict(in Facet left, in Facet right, ReadOnlySpan<CodeKey> codes)
    {
        var mine = codes.Slice(left.CodeStart, left.CodeCount);
        var other = codes.Slice(right.CodeStart, right.CodeCount);
        foreach (var code in mine)
        {
            if (code.Rank >= ClinicalKeys.OtherCodes)
                continue;
            bool shared = false, known = false;
            foreach (var candidate in other)
            {
                known |= candidate.Rank == code.Rank;
                shared |= candidate == code;
            }
            if (known && !shared && !SharesRank(mine, other, code.Rank))
                return true;
        }
        return false;
    }

    /// <summary>True when both state the same value, or neither states one.</summary>
    public bool ValuesAgree(in Measure left, in Measure right)
    {
        if (left.HasNumber != right.HasNumber || left.Content != right.Content)
            return false;
        if (!left.HasNumber)
            return true;
        if (left.Unit == right.Unit && left.Analyte == right.Analyte)
        {
            // In one unit the printed numbers are compared: a conversion with an offset (HbA1c) would stretch their difference.
            return left.UnitHash == right.UnitHash
                && Math.Abs(left.Recorded - right.Recorded) <= Allowed(left.Recorded, right.Recorded, keys.Tolerance);
        }
        if (left.Unit < 0 || right.Unit < 0 || left.Analyte != right.Analyte)
            return false;
        var difference = Math.Abs(left.Value - right.Value);
        return difference <= Allowed(left.Value, right.Value, keys.Tolerance)
            || (difference <= Allowed(left.Value, right.Value, keys.RoundedTolerance)
                && difference <= left.HalfStep + right.HalfStep + Allowed(left.Value, right.Value, keys.Tolerance / 10));
    }

    /// <summary>True when the recorded dates can mean the same time.</summary>
    public static bool DatesAgree(in Facet left, in Facet right) =>
        left.Moment && right.Moment ? left.Minute == right.Minute : left.FirstDay <= right.LastDay && right.FirstDay <= left.LastDay;

    /// <summary>The rule both fall under: their own, or the one whose facts the other's restate.</summary>
    private static ClinicalRule? CommonRule(ClinicalRule? left, ClinicalRule? right)
    {
        if (left is null || right is null)
            return null;
        if (left == right || left.Restated == right)
            return right;
        return right.Restated == left ? left : null;
    }

    private static double Allowed(double left, double right, double share) => (Math.Max(Math.Abs(left), Math.Abs(right)) * share) + 1e-12;

    private static bool SharesRank(ReadOnlySpan<CodeKey> mine, ReadOnlySpan<CodeKey> other, byte rank)
    {
        foreach (var code in mine)
        {
            if (code.Rank == rank && other.Contains(code))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Two lines of one source are two facts (two boxes of one medicine), unless they are one measurement in two units, or two documents of
    /// a repository state the same thing.
    /// </summary>
    private static bool MayStateTwice(ClinicalRule rule, in Facet left, in Facet right)
    {
        var sameDocument = left.Entry.DocumentLocalId == right.Entry.DocumentLocalId;
        if (rule.Data.AcrossDocuments && !sameDocument && left.Entry.DocumentLocalId is not null && right.Entry.DocumentLocalId is not null)
            return true;
        return rule.Data.UnitPairs && sameDocument && left.Entry.Date == right.Entry.Date
            && left.Measure.Analyte is not null && left.Measure.Analyte == right.Measure.Analyte
            && left.Measure.Unit >= 0 && right.Measure.Unit >= 0 && left.Measure.Unit != right.Measure.Unit;
    }

    private static bool DatesFit(DateMatch match, in Facet left, in Facet right) => match switch
    {
        DateMatch.Day => left.HasDay && right.HasDay && left.FirstDay == right.FirstDay,
        DateMatch.Moment => left.HasDay && right.HasDay && DatesAgree(left, right),
        DateMatch.Compatible => !left.Dated || !right.Dated || (left.LongLasting && right.LongLasting) || DatesAgree(left, right),
        DateMatch.Ignored => true,
        _ => false,
    };

    /// <summary>Only two RPPS numbers can contradict each other: other numbers may name one person in two ways.</summary>
    private static bool AuthorsContradict(in Facet left, in Facet right)
    {
        var mine = Rpps(left.Entry.Author?.Id);
        var other = Rpps(right.Entry.Author?.Id);
        return !mine.IsEmpty && !other.IsEmpty && !mine.SequenceEqual(other);
    }

    /// <summary>The eleven digits of an RPPS, written alone or as PS_IdNat (8 before it).</summary>
    private static ReadOnlySpan<char> Rpps(string? id)
    {
        var digits = id is { Length: 12 } && id[0] == '8' ? id.AsSpan(1) : id;
        return digits.Length == 11 && !digits.ContainsAnyExceptInRange('0', '9') ? digits : default;
    }

    private static bool FacetsFit(FactFacet facets, in Facet left, in Facet right)
    {
        if (facets.HasFlag(FactFacet.Quantity) && QuantitiesDiffer(left.Entry.Value, right.Entry.Value))
            return false;
        if (facets.HasFlag(FactFacet.PeriodEnd) && left.Detail != 0 && right.Detail != 0 && left.Detail != right.Detail)
            return false;
        if (facets.HasFlag(FactFacet.ContentHash) && (left.Detail == 0 || left.Detail != right.Detail))
            return false;
        return !facets.HasFlag(FactFacet.Components) || left.Measure.HasNumber || left.Measure.Content != 0
            || (left.Detail != 0 && left.Detail == right.Detail);
    }

    /// <summary>True when two numbers of the same thing differ; boxes and tablets cannot be compared.</summary>
    public static bool QuantitiesDiffer(EntryValue? left, EntryValue? right) =>
        left?.Number is { } mine && right?.Number is { } other && mine != other
        && (UnitOf(left) is { Length: 0 } || UnitOf(right) is { Length: 0 } || UnitOf(left) == UnitOf(right));

    private static string UnitOf(EntryValue value) => Units.Normalise(value.UnitCode ?? value.Unit);
}
