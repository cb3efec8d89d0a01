using System.Globalization;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// A period of care with a document of its own: a half-year of the calendar, cut to the twelve months the service shows. Claims arrive late, so each
/// document takes up the last week of the one before: the lines of that week stand in both.
/// </summary>
/// <param name="Name">Such as <c>2026S1</c>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
internal sealed record HistoryPeriod(string Name, DateOnly From, DateOnly To)
{
    private const int MonthsShown = 12;
    private const int DaysTakenUp = 7;

    /// <summary>First day the service shows.</summary>
    internal static DateOnly FirstShown(DateOnly today) => today.AddMonths(-MonthsShown);

    /// <summary>Newest first.</summary>
    internal static IReadOnlyList<HistoryPeriod> Shown(DateOnly today)
    {
        var first = FirstShown(today);
        var periods = new List<HistoryPeriod>();
        for (var start = new DateOnly(today.Year, today.Month > 6 ? 7 : 1, 1); start.AddMonths(6) > first; start = start.AddMonths(-6))
        {
            var from = start.AddDays(-DaysTakenUp);
            var to = start.AddMonths(6).AddDays(-1);
            var name = string.Create(CultureInfo.InvariantCulture, $"{start.Year}S{(start.Month > 6 ? 2 : 1)}");
            periods.Add(new HistoryPeriod(name, from < first ? first : from, to > today ? today : to));
        }
        return periods;
    }
}
