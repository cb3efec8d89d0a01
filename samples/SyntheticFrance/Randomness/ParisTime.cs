namespace DmpFederation.SyntheticFrance.Randomness;

/// <summary>
/// Paris wall clock without the machine's zone database: summer time from the last Sunday of March to the last Sunday of October
/// (directive 2000/84/CE), which holds for every year the world writes about.
/// </summary>
internal static class ParisTime
{
    public static DateTimeOffset At(DateOnly day, int hour = 0, int minute = 0)
    {
        var summer = day > LastSunday(day.Year, 3) && day <= LastSunday(day.Year, 10);
        return new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(summer ? 2 : 1));
    }

    /// <summary>A moment on the wall clock in Paris.</summary>
    public static DateTimeOffset Of(DateTimeOffset moment) =>
        moment.ToOffset(At(DateOnly.FromDateTime(moment.UtcDateTime.AddHours(1))).Offset);

    // The switch happens at 3 in the night: a midnight of the Sunday itself is still on the old offset.
    private static DateOnly LastSunday(int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
