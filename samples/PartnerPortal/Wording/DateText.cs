using System.Globalization;

namespace DmpFederation.PartnerPortal.Wording;

/// <summary>Dates in French, exactly as precise as they were recorded.</summary>
internal static class DateText
{
    private static readonly string[] Months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary><c>2009</c>, <c>mars 2009</c>, <c>12 mars 2009</c> or <c>12 mars 2009 à 08:15</c>; what is no date is shown as recorded.</summary>
    public static string Of(string? recorded)
    {
        if (recorded is null)
            return "Date non enregistrée";
        if (recorded.Length == 7 && Part(recorded, 5) is var lone and >= 1 and <= 12)
            return $"{Months[lone - 1]} {recorded[..4]}";
        if (recorded.Length < 10 || Part(recorded, 5) is not (var month and >= 1 and <= 12))
            return recorded;
        var day = Part(recorded, 8);
        var text = $"{(day == 1 ? "1er" : day.ToString(CultureInfo.InvariantCulture))} {Months[month - 1]} {recorded[..4]}";
        return recorded.Length >= 16 && recorded[10] == 'T' ? $"{text} à {recorded[11..16]}" : text;
    }

    private static int Part(string text, int start) =>
        text[start - 1] == '-' && int.TryParse(text.AsSpan(start, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : 0;
}
