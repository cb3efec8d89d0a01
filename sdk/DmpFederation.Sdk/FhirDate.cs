using System.Globalization;

namespace DmpFederation.Sdk;

/// <summary>How exactly a date was recorded.</summary>
public enum DatePrecision
{
    /// <summary>Year only (<c>2009</c>).</summary>
    Year,

    /// <summary>Year and month (<c>2009-03</c>).</summary>
    Month,

    /// <summary>Calendar day (<c>2009-03-12</c>).</summary>
    Day,

    /// <summary>A moment with an offset (<c>2009-03-12T08:15:00+01:00</c>).</summary>
    Instant,
}

/// <summary>
/// A clinical date exactly as recorded, with its precision (FHIR R4 <c>date</c> and <c>dateTime</c>). It is not rounded up: a year stays a year.
/// Ordering is by <see cref="StartUtc"/>, then by precision (coarser first), then by text, so that it is total and repeatable.
/// </summary>
public readonly struct FhirDate : IComparable<FhirDate>, IEquatable<FhirDate>
{
    private readonly string? text;

    private FhirDate(string text, DateTime startUtc, DatePrecision precision)
    {
        this.text = text;
        StartUtc = startUtc;
        Precision = precision;
    }

    /// <summary>How exactly the date was recorded.</summary>
    public DatePrecision Precision { get; }

    /// <summary>First moment the recorded date can mean, in UTC. A date without a zone is taken at midnight UTC.</summary>
    public DateTime StartUtc { get; }

    /// <summary>First moment after the recorded date, in UTC: the exclusive end of the interval that starts at <see cref="StartUtc"/>.</summary>
    public DateTime EndUtc => Precision switch
    {
        DatePrecision.Year => StartUtc.Year == 9999 ? DateTime.MaxValue : StartUtc.AddYears(1),
        DatePrecision.Month => StartUtc is { Year: 9999, Month: 12 } ? DateTime.MaxValue : StartUtc.AddMonths(1),
        DatePrecision.Day => StartUtc.Date == DateTime.MaxValue.Date ? DateTime.MaxValue : StartUtc.AddDays(1),
        DatePrecision.Instant => StartUtc,
        _ => throw new InvalidOperationException("Unknown precision."),
    };

    /// <summary>Calendar year as recorded.</summary>
    public int Year => StartUtcLocal().Year;

    /// <summary>The calendar day as recorded (in its own offset), or null when the precision is coarser than a day.</summary>
    public DateOnly? Day => Precision is DatePrecision.Day or DatePrecision.Instant
        ? DateOnly.ParseExact(ToString().AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    /// <summary>A calendar day.</summary>
    public static FhirDate FromDay(DateOnly day) =>
        new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), DatePrecision.Day);

    /// <summary>A moment; printed to the second with its offset.</summary>
    public static FhirDate FromInstant(DateTimeOffset instant) =>
        new(instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), instant.UtcDateTime, DatePrecision.Instant);

    /// <summary>Reads a FHIR R4 <c>date</c>, <c>dateTime</c> or <c>instant</c>. An instant without an offset is taken as UTC, since R4 forbids it and legacy systems write it.</summary>
    /// <param name="value">The text; null, empty and malformed give false.</param>
    /// <param name="date">The date when true.</param>
    public static bool TryParse(string? value, out FhirDate date)
    {
        date = default;
        if (value is null || value.Length < 4 || !TryNumber(value, 0, 4, out var year) || year is < 1 or > 9999)
            return false;
        if (value.Length == 4)
            return Made(value, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc), DatePrecision.Year, out date);
        if (value.Length < 7 || value[4] != '-' || !TryNumber(value, 5, 2, out var month) || month is < 1 or > 12)
            return false;
        if (value.Length == 7)
            return Made(value, new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc), DatePrecision.Month, out date);
        if (value.Length < 10 || value[7] != '-' || !TryNumber(value, 8, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (value.Length == 10)
            return Made(value, new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc), DatePrecision.Day, out date);
        return value[10] == 'T'
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && Made(value, instant.UtcDateTime, DatePrecision.Instant, out date);
    }

    /// <summary>As <see cref="TryParse"/>; throws <see cref="FormatException"/>, whose message does not repeat the value.</summary>
    public static FhirDate Parse(string value) =>
        TryParse(value, out var date) ? date : throw new FormatException("Not a FHIR date: expected YYYY, YYYY-MM, YYYY-MM-DD or an instant.");

    /// <inheritdoc/>
    public int CompareTo(FhirDate other)
    {
        var byStart = StartUtc.CompareTo(other.StartUtc);
        if (byStart != 0)
            return byStart;
        var byPrecision = Precision.CompareTo(other.Precision);
        return byPrecision != 0 ? byPrecision : string.CompareOrdinal(text, other.text);
    }

    /// <inheritdoc/>
    public bool Equals(FhirDate other) => string.Equals(text, other.text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FhirDate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The date as recorded.</summary>
    public override string ToString() => text ?? "";

    /// <summary>Same text.</summary>
    public static bool operator ==(FhirDate left, FhirDate right) => left.Equals(right);

    /// <summary>Other text.</summary>
    public static bool operator !=(FhirDate left, FhirDate right) => !left.Equals(right);

    /// <summary>Earlier in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(FhirDate left, FhirDate right) => left.CompareTo(right) < 0;

    /// <summary>Later in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(FhirDate left, FhirDate right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(FhirDate left, FhirDate right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(FhirDate left, FhirDate right) => left.CompareTo(right) >= 0;

    private DateTime StartUtcLocal() => Precision == DatePrecision.Instant && Day is { } day ? day.ToDateTime(TimeOnly.MinValue) : StartUtc;

    private static bool Made(string value, DateTime startUtc, DatePrecision precision, out FhirDate date)
    {
        date = new FhirDate(value, startUtc, precision);
        return true;
    }

    private static bool TryNumber(string value, int start, int length, out int number) =>
        int.TryParse(value.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
