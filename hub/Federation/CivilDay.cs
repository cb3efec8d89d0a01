using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Civil days in Paris, as numbers of <see cref="DateOnly.DayNumber"/>. A moment belongs to the day it had on the wall clock in
/// metropolitan France, whichever offset it was written with, so that <c>2009-03-12</c> and <c>2009-03-11T23:30:00Z</c> are one day.
/// Summer time since 1981 (last Sundays at 01:00 UTC, end in September until 1995, in October since); years before count as winter time.
/// Arithmetic instead of the machine's time zone data: it runs for every entry, and answers must not depend on the machine.
/// </summary>
internal static class CivilDay
{
    /// <summary>First and last civil day a recorded date can mean; equal for a day and for a moment.</summary>
    public static (int First, int Last) Of(in FhirDate date)
    {
        var start = date.StartUtc;
        if (date.Precision == DatePrecision.Instant)
        {
            var day = OfMoment(start);
            return (day, day);
        }
        var first = DateOnly.FromDateTime(start).DayNumber;
        return date.Precision == DatePrecision.Day ? (first, first) : (first, DateOnly.FromDateTime(date.EndUtc.AddTicks(-1)).DayNumber);
    }

    /// <summary>Civil day of a moment.</summary>
    public static int OfMoment(DateTime utc)
    {
        var hours = IsSummer(utc) ? 2 : 1;
        return (int)Math.Min((utc.Ticks + (hours * TimeSpan.TicksPerHour)) / TimeSpan.TicksPerDay, DateOnly.MaxValue.DayNumber);
    }

    /// <summary>What the wall clock showed then.</summary>
    public static TimeOnly TimeOfMoment(DateTime utc) => TimeOnly.FromDateTime(utc.AddHours(IsSummer(utc) ? 2 : 1));

    private static bool IsSummer(DateTime utc)
    {
        if (utc.Year < 1981 || utc.Month is < 3 or > 10)
            return false;
        if (utc.Month is > 3 and < 9)
            return true;
        if (utc.Month == 3)
            return utc >= LastSunday(utc.Year, 3);
        return utc.Month == 9 ? utc.Year >= 1996 || utc < LastSunday(utc.Year, 9) : utc.Year >= 1996 && utc < LastSunday(utc.Year, 10);
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month), 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
