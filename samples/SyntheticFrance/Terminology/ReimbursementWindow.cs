namespace DmpFederation.SyntheticFrance.Terminology;

/// <summary>How far back a reimbursement history is shown: the last twelve months.</summary>
public static class ReimbursementWindow
{
    public const int Months = 12;

    private const int DaysAroundTheEdge = 3;

    /// <summary>True from the anniversary day on.</summary>
    public static bool Shows(DateOnly day, DateOnly today) => day >= today.AddMonths(-Months);

    /// <summary>True where the reader's hour could decide whether a line is in or out: the world keeps no line there.</summary>
    public static bool IsNearEdge(DateOnly day, DateOnly today) => Math.Abs(day.DayNumber - today.AddMonths(-Months).DayNumber) <= DaysAroundTheEdge;
}
