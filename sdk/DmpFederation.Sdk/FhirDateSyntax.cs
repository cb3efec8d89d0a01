namespace DmpFederation.Sdk;

/// <summary>
/// The grammar of FHIR R4 dates over ASCII bytes, with the two tolerances <see cref="FhirDate.TryParse(string?, out FhirDate)"/> names.
/// </summary>
internal static class FhirDateSyntax
{
    /// <summary>Longest text read: R4 sets no limit to the digits of a fraction, the longest real ones have nine.</summary>
    internal const int MaxLength = 64;

    private const int MaxOffsetMinutes = 14 * 60;

    internal static bool TryRead(ReadOnlySpan<byte> text, out DateTime startUtc, out DatePrecision precision)
    {
        startUtc = default;
        precision = default;
        if (text.Length is < 4 or > MaxLength || !TryNumber(text, 0, 4, out var year) || year < 1)
            return false;
        var (month, day) = (1, 1);
        switch (text.Length)
        {
            case 4:
                break;
            case < 7:
                return false;
            default:
                if (text[4] != '-' || !TryNumber(text, 5, 2, out month) || month is < 1 or > 12)
                    return false;
                precision = DatePrecision.Month;
                if (text.Length == 7)
                    break;
                if (text.Length < 10 || text[7] != '-' || !TryNumber(text, 8, 2, out day) || day < 1 || day > DateTime.DaysInMonth(year, month))
                    return false;
                precision = text.Length == 10 ? DatePrecision.Day : DatePrecision.Instant;
                break;
        }
        startUtc = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return precision != DatePrecision.Instant || TryTime(text[10..], ref startUtc);
    }

    // "T08:15", "T08:15:00", "T08:15:00.123", each with or without "Z", "+01:00" or "-01:00".
    private static bool TryTime(ReadOnlySpan<byte> text, ref DateTime startUtc)
    {
        if (text.Length < 6 || text[0] != 'T' || !TryNumber(text, 1, 2, out var hour) || hour > 23
            || text[3] != ':' || !TryNumber(text, 4, 2, out var minute) || minute > 59)
            return false;
        var ticks = ((hour * 60L) + minute) * TimeSpan.TicksPerMinute;
        text = text[6..];
        if (text.Length > 0 && text[0] == ':')
        {
            if (text.Length < 3 || !TryNumber(text, 1, 2, out var second) || second > 60)
                return false;
            text = text[3..];
            if (!TryFraction(ref text, out var fraction))
                return false;
            // .NET has no second 60: the last tick of the minute keeps it after second 59 and before the next minute.
            ticks += second == 60 ? TimeSpan.TicksPerMinute - 1 : (second * TimeSpan.TicksPerSecond) + fraction;
        }
        if (!TryOffset(text, out var offsetMinutes))
            return false;
        // The first and last hours of the calendar leave it in UTC: they are held at its ends.
        var utc = startUtc.Ticks + ticks - (offsetMinutes * TimeSpan.TicksPerMinute);
        startUtc = new DateTime(Math.Clamp(utc, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || text[0] != '.')
            return true;
        var unit = TimeSpan.TicksPerSecond;
        var index = 1;
        for (; index < text.Length && text[index] is >= (byte)'0' and <= (byte)'9'; index++)
        {
            unit /= 10;
            ticks += (text[index] - '0') * unit;
        }
        if (index == 1)
            return false;
        text = text[index..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 0 || (text.Length == 1 && text[0] == 'Z'))
            return true;
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryNumber(text, 1, 2, out var hours) || !TryNumber(text, 4, 2, out var rest) || rest > 59)
            return false;
        minutes = (hours * 60) + rest;
        if (minutes > MaxOffsetMinutes)
            return false;
        if (text[0] == '-')
            minutes = -minutes;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, int length, out int number)
    {
        number = 0;
        foreach (var unit in text.Slice(start, length))
        {
            if (unit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + unit - '0';
        }
        return true;
    }
}
