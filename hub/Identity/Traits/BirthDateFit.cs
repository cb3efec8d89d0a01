using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Traits;

/// <summary>
/// Compares birth dates. An unknown day or month is recorded as a coarser date, or as the first of the month, 1 January or 31 December (the
/// stand-ins civil status and the RNIV know), so such a date contradicts no other of its year or month.
/// </summary>
internal static class BirthDateFit
{
    public static TraitFit Of(FhirDate? one, FhirDate? other)
    {
        if (one is not { } left || other is not { } right)
            return TraitFit.NotStated;
        if (left.Day is not { } first || right.Day is not { } second)
            return CoarseFit(left, right);
        if (first == second)
            return TraitFit.Same;
        if (IsStandIn(first, second) || IsStandIn(second, first))
            return TraitFit.Tolerable(TraitRules.DateStandIn);
        return IsSlip(first, second) ? TraitFit.Tolerable(TraitRules.DateSlip) : TraitFit.Different(TraitRules.Date);
    }

    private static TraitFit CoarseFit(FhirDate left, FhirDate right)
    {
        if (left == right)
            return TraitFit.Same;
        var sameMonth = left.Precision == DatePrecision.Year || right.Precision == DatePrecision.Year || Month(left) == Month(right);
        return left.Year == right.Year && sameMonth ? TraitFit.Tolerable(TraitRules.DateCoarse) : TraitFit.Different(TraitRules.Date);
    }

    private static int Month(FhirDate date) => date.Day?.Month ?? date.StartUtc.Month;

    private static bool IsStandIn(DateOnly date, DateOnly known) =>
        date.Year == known.Year && (date is { Month: 1, Day: 1 } or { Month: 12, Day: 31 } || (date.Day == 1 && date.Month == known.Month));

    /// <summary>
    /// Day and month exchanged, one digit of one of them wrong or its digits exchanged, or the last two digits of the year exchanged. One wrong
    /// digit of the year is no slip: it is also the distance of a father and his son.
    /// </summary>
    private static bool IsSlip(DateOnly one, DateOnly other)
    {
        if (one.Year != other.Year)
        {
            return one.Month == other.Month && one.Day == other.Day && one.Year / 100 == other.Year / 100
                && AreExchanged(one.Year % 100, other.Year % 100);
        }
        if (one.Month == other.Day && one.Day == other.Month)
            return true;
        return one.Month == other.Month ? IsNear(one.Day, other.Day) : one.Day == other.Day && IsNear(one.Month, other.Month);
    }

    private static bool IsNear(int one, int other) => one / 10 == other / 10 || one % 10 == other % 10 || AreExchanged(one, other);

    private static bool AreExchanged(int one, int other) => one / 10 == other % 10 && one % 10 == other / 10;
}
