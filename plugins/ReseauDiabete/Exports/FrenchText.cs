using System.Globalization;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>Dates and numbers as French spreadsheets write them.</summary>
internal static class FrenchText
{
    private static readonly TimeZoneInfo Paris =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out var paris) ? paris : TimeZoneInfo.Utc;

    /// <summary>A calendar day, <c>16/03/2026</c>, from 1880 on.</summary>
    public static bool TryDay(string text, out FhirDate day)
    {
        var read = DateOnly.TryParseExact(text, "dd'/'MM'/'yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year >= 1880;
        day = read ? FhirDate.FromDay(date) : default;
        return read;
    }

    /// <summary>A minute of Paris legal time, <c>16/03/2026 05:00</c>; of the hour that comes twice in autumn, the second.</summary>
    public static bool TryMoment(string text, out DateTimeOffset moment)
    {
        var read = DateTime.TryParseExact(text, "dd'/'MM'/'yyyy HH':'mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var legal)
            && legal.Year >= 1880;
        moment = read ? new DateTimeOffset(legal, Paris.GetUtcOffset(legal)) : default;
        return read;
    }

    /// <summary>A number with a decimal comma, <c>7,2</c>. A point is refused: it may stand for thousands.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        Span<char> copy = stackalloc char[16];
        if (text.Length is 0 or > 16 || text.ContainsAnyExcept("0123456789,"))
            return false;
        text.CopyTo(copy);
        copy[..text.Length].Replace(',', '.');
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
            && decimal.TryParse(copy[..text.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
