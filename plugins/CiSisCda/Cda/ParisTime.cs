namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>
/// Legal time of metropolitan France, by rule and not by the machine's zone data, which a container may lack. Used for times written without a
/// zone. Summer time: since 1976 by decree, each year's dates until 1980; from 1981 the last Sunday of March to the last Sunday of September;
/// since 1996 (directive 94/21/EC, then 2000/84/EC) to the last Sunday of October. Both changes happen at 01:00 UTC.
/// </summary>
internal static class ParisTime
{
    internal static TimeSpan OffsetOf(DateTime legal)
    {
        var (start, end) = SummerOf(legal.Year);
        // In legal time summer begins when 02:00 becomes 03:00; the hour that occurs twice in autumn is read as the first, still summer.
        return start is { } from && legal >= from.AddHours(2) && legal < end.AddHours(3) ? TimeSpan.FromHours(2) : TimeSpan.FromHours(1);
    }

    private static (DateTime? Start, DateTime End) SummerOf(int year) => year switch
    {
        1976 => (new DateTime(1976, 3, 28), new DateTime(1976, 9, 26)),
        1977 => (new DateTime(1977, 4, 3), new DateTime(1977, 9, 25)),
        1978 => (new DateTime(1978, 4, 2), new DateTime(1978, 10, 1)),
        1979 => (new DateTime(1979, 4, 1), new DateTime(1979, 9, 30)),
        1980 => (new DateTime(1980, 4, 6), new DateTime(1980, 9, 28)),
        >= 1996 => (LastSunday(year, 3), LastSunday(year, 10)),
        > 1980 => (LastSunday(year, 3), LastSunday(year, 9)),
        _ => (null, default),
    };

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
