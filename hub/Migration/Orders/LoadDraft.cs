using System.Globalization;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>How hard an operator lets the legacy be asked, as it was written. What is left out keeps the hub's default.</summary>
internal sealed record LoadDraft
{
    /// <summary>Rule of limits that cannot be meant.</summary>
    public const string Rule = "BAD_LOAD";

    /// <summary>Patients read a second, at most; null for no such limit.</summary>
    public double? PatientsPerSecond { get; init; }

    /// <summary>Patients read at the same time; null for the default.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Milliseconds beyond which it slows down; null for no such limit.</summary>
    public int? LatencyMs { get; init; }

    /// <summary>Hours of the day in Paris in which it rests, <c>08:00-19:00</c>; null for none.</summary>
    public string? Rest { get; init; }

    /// <summary>The limits, or what to change. Exactly one is not null.</summary>
    public (LegacyLoad? Load, string? Problem) ToLoad()
    {
        if (PatientsPerSecond is { } rate && (!double.IsFinite(rate) || rate is < 0.01 or > 100_000))
            return (null, "Patients per second must lie between 0.01 and 100000.");
        if (Concurrency is < 1 or > 64)
            return (null, "Patients read at the same time must be 1 to 64.");
        if (LatencyMs is < 1 or > 600_000)
            return (null, "The limit of latency must be 1 to 600000 milliseconds.");
        (TimeOnly From, TimeOnly To)? rest = null;
        if (Rest is { } hours && (rest = Hours(hours)) is null)
            return (null, "Hours of rest are written 08:00-19:00, and do not begin when they end.");
        var load = new LegacyLoad
        {
            PatientsPerSecond = PatientsPerSecond,
            LatencyLimit = LatencyMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            Rest = rest,
        };
        return (Concurrency is { } concurrency ? load with { Concurrency = concurrency } : load, null);
    }

    private static (TimeOnly From, TimeOnly To)? Hours(string text) =>
        text.Split('-') is [var from, var to] && Hour(from) is { } begins && Hour(to) is { } ends && begins != ends ? (begins, ends) : null;

    private static TimeOnly? Hour(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;
}
