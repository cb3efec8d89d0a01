using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>
/// HL7 v3 timestamps as real files write them: <c>YYYY</c> to <c>YYYYMMDDhhmmss.ffff</c>, zone of two to four digits (<c>+010</c> is met) or none.
/// Precision up to the day is kept; FHIR has no time without seconds and zone, so missing seconds are zero and a missing zone is Paris legal time.
/// A part that cannot be (month 13, day 00 of lunar birth dates) is dropped with what follows it, the coarser rest is kept.
/// </summary>
internal static class CdaTime
{
    /// <summary>Value of a TS element; null when absent, null-flavoured or without a usable year.</summary>
    internal static FhirDate? Of(XElement? time) => Parse(time.Attr("value"));

    /// <summary>Start of a TS or IVL_TS element: its value, else its low bound, else its centre, else its high bound.</summary>
    internal static FhirDate? StartOf(XElement? time) =>
        Of(time) ?? Of(time.Part("low")) ?? Of(time.Part("center")) ?? Of(time.Part("high"));

    internal static FhirDate? LowOf(XElement? time) => Of(time) ?? Of(time.Part("low"));

    internal static FhirDate? HighOf(XElement? time) => Of(time.Part("high"));

    internal static FhirDate? Parse(string? text)
    {
        if (text is null)
            return null;
        if (text.Length > 4 && text[4] == '-')
            return FhirDate.TryParse(text, out var already) ? already : null;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits < 4 || !Number(text, 0, 4, out var year) || year is < 1 or > 9999)
            return null;
        if (digits < 6 || !Number(text, 4, 2, out var month) || month is < 1 or > 12)
            return Made($"{year:D4}");
        if (digits < 8 || !Number(text, 6, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Made($"{year:D4}-{month:D2}");
        if (digits < 10 || !Number(text, 8, 2, out var hour) || hour > 23)
            return Made($"{year:D4}-{month:D2}-{day:D2}");
        var minute = digits >= 12 && Number(text, 10, 2, out var m) && m < 60 ? m : 0;
        var second = digits >= 14 && minute == Minutes(text, digits) && Number(text, 12, 2, out var s) && s < 60 ? s : 0;
        var legal = new DateTime(year, month, day, hour, minute, second);
        var offset = Zone(text.AsSpan(digits)) ?? ParisTime.OffsetOf(legal);
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return Made(string.Create(CultureInfo.InvariantCulture, $"{legal:yyyy-MM-dd'T'HH:mm:ss}{sign}{offset:hh\\:mm}"));
    }

    private static int Minutes(string text, int digits) => digits >= 12 && Number(text, 10, 2, out var minute) ? minute : -1;

    private static FhirDate? Made(string text) => FhirDate.TryParse(text, out var date) ? date : null;

    // Null when there is no zone, or none on Earth (+14:00 is the last).
    private static TimeSpan? Zone(ReadOnlySpan<char> rest)
    {
        var at = rest.IndexOfAny('+', '-', 'Z');
        if (at < 0)
            return null;
        if (rest[at] == 'Z')
            return TimeSpan.Zero;
        Span<char> digits = ['0', '0', '0', '0'];
        var count = 0;
        foreach (var unit in rest[(at + 1)..])
        {
            if (char.IsAsciiDigit(unit) && count < 4)
                digits[count++] = unit;
            else if (unit != ':')
                break;
        }
        if (count < 2)
            return null;
        var zone = new TimeSpan(((digits[0] - '0') * 10) + digits[1] - '0', ((digits[2] - '0') * 10) + digits[3] - '0', 0);
        return zone > TimeSpan.FromHours(14) || digits[2] > '5' ? null : rest[at] == '-' ? -zone : zone;
    }

    private static bool Number(string text, int start, int length, out int number) =>
        int.TryParse(text.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
