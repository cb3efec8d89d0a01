using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

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
/// A clinical date exactly as recorded, with its precision (FHIR R4 <c>date</c>, <c>dateTime</c> and <c>instant</c>). It is not rounded up: a year
/// stays a year. Ordering is by <see cref="StartUtc"/>, then by precision (coarser first), then by text (ordinal), so that it is total, repeatable
/// and equal only for the same text.
/// </summary>
public readonly struct FhirDate : IComparable<FhirDate>, IEquatable<FhirDate>
{
    private const string Malformed = "Not a FHIR date: expected YYYY, YYYY-MM, YYYY-MM-DD or an instant.";

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

    /// <summary>
    /// First moment after the recorded date, in UTC: the exclusive end of the interval that starts at <see cref="StartUtc"/>. Equals
    /// <see cref="StartUtc"/> for an instant, and <see cref="DateTime.MaxValue"/> where the calendar ends.
    /// </summary>
    public DateTime EndUtc => Precision switch
    {
        DatePrecision.Year => StartUtc.Year == 9999 ? LastMoment : StartUtc.AddYears(1),
        DatePrecision.Month => StartUtc is { Year: 9999, Month: 12 } ? LastMoment : StartUtc.AddMonths(1),
        DatePrecision.Day => StartUtc.Date == DateTime.MaxValue.Date ? LastMoment : StartUtc.AddDays(1),
        DatePrecision.Instant => StartUtc,
        _ => throw new InvalidOperationException("Unknown precision."),
    };

    /// <summary>Calendar year as recorded (of an instant: in its own offset).</summary>
    public int Year => text is null ? StartUtc.Year : int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The calendar day as recorded (of an instant: in its own offset), or null when the precision is coarser than a day.</summary>
    public DateOnly? Day => Precision is DatePrecision.Day or DatePrecision.Instant
        ? DateOnly.ParseExact(ToString().AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    private static DateTime LastMoment => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>A calendar day.</summary>
    public static FhirDate FromDay(DateOnly day) =>
        new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), DatePrecision.Day);

    /// <summary>A moment, cut to the second and printed with its offset.</summary>
    public static FhirDate FromInstant(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return new FhirDate(
            instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerSecond)),
            DatePrecision.Instant);
    }

    /// <summary>
    /// Reads a FHIR R4 <c>date</c>, <c>dateTime</c> or <c>instant</c>. Beyond R4 it takes what legacy systems write: a time without seconds, and a
    /// time without an offset, read as UTC. As R4 asks, year 0000, hour 24, an offset beyond ±14:00, lower-case <c>t</c> or <c>z</c> and spaces
    /// are refused; second 60 (a leap second) is accepted and ordered just before the next minute.
    /// </summary>
    /// <param name="value">The text; null, empty and malformed give false.</param>
    /// <param name="date">The date when true.</param>
    public static bool TryParse(string? value, out FhirDate date)
    {
        date = default;
        if (value is null || value.Length is < 4 or > FhirDateSyntax.MaxLength)
            return false;
        Span<byte> ascii = stackalloc byte[FhirDateSyntax.MaxLength];
        if (!Encoding.UTF8.TryGetBytes(value, ascii, out var length)
            || !FhirDateSyntax.TryRead(ascii[..length], out var start, out var precision))
            return false;
        date = new FhirDate(value, start, precision);
        return true;
    }

    /// <summary>As <see cref="TryParse(string?, out FhirDate)"/>.</summary>
    /// <exception cref="FormatException">It is no date. The message does not repeat the value.</exception>
    public static FhirDate Parse(string value) => TryParse(value, out var date) ? date : throw new FormatException(Malformed);

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
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is FhirDate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => text?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The date as recorded. Empty for the default value, which is no date.</summary>
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

    /// <summary>As the other overload, from UTF-8 without JSON escapes; allocates the text only when it is a date.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> utf8, out FhirDate date)
    {
        date = default;
        if (!FhirDateSyntax.TryRead(utf8, out var start, out var precision))
            return false;
        date = new FhirDate(Encoding.ASCII.GetString(utf8), start, precision);
        return true;
    }
}
