using System.Globalization;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>
/// Numbers as French laboratories print them: decimal comma or point, thousands by points or spaces, a comparator before. One point before three
/// digits is read by its surroundings: thousands for a count (unit <c>/mm3</c>, <c>/µl</c>, …) or after two or three digits (<c>224.000</c>),
/// decimals otherwise (a density of <c>1.025</c>).
/// </summary>
internal static class HprimNumber
{
    private const int MostDigits = 20;

    /// <summary>The number, with as many decimals as printed; null when the text is none.</summary>
    /// <param name="text">As printed.</param>
    /// <param name="unit">Unit as printed.</param>
    /// <param name="comparator"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;=</c>, <c>&gt;</c>, or null.</param>
    public static decimal? Read(string text, string unit, out string? comparator)
    {
        var rest = text.AsSpan().Trim();
        comparator = Comparator(ref rest);
        var sign = 1;
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..].TrimStart();
        }
        if (rest.Length is 0 or > MostDigits || !char.IsAsciiDigit(rest[0]) || !char.IsAsciiDigit(rest[^1]))
            return null;
        Span<char> plain = stackalloc char[MostDigits];
        var length = 0;
        var mark = DecimalMark(rest, unit);
        for (var at = 0; at < rest.Length; at++)
        {
            if (char.IsAsciiDigit(rest[at]))
                plain[length++] = rest[at];
            else if (rest[at] == mark && rest[(at + 1)..].IndexOf(mark) < 0)
                plain[length++] = '.';
            else if (!IsGroupMark(rest[at]) || !GroupFollows(rest, at, mark))
                return null;
        }
        return decimal.TryParse(plain[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? sign * number : null;
    }

    private static string? Comparator(ref ReadOnlySpan<char> text)
    {
        foreach (var (printed, meant) in (ReadOnlySpan<(string, string)>)[("<=", "<="), (">=", ">="), ("≤", "<="), ("≥", ">="), ("<", "<"), (">", ">")])
        {
            if (!text.StartsWith(printed, StringComparison.Ordinal))
                continue;
            text = text[printed.Length..].TrimStart();
            return meant;
        }
        return null;
    }

    /// <summary>The sign before the decimals; NUL when there are none.</summary>
    private static char DecimalMark(ReadOnlySpan<char> text, string unit)
    {
        var (comma, point) = (text.LastIndexOf(','), text.LastIndexOf('.'));
        if (comma >= 0)
            return comma > point ? ',' : '.';
        if (point < 0)
            return '\0';
        if (text.IndexOf('.') != point)
            return '\0';
        var threeFollow = text.Length - point == 4;
        var groups = threeFollow && text[0] != '0' && point <= 3 && (point >= 2 || IsCount(unit));
        return groups ? '\0' : '.';
    }

    private static bool IsCount(string unit) => unit.Length > 1 && unit[0] == '/';

    private static bool IsGroupMark(char letter) => letter is '.' or ',' or ' ' or '\u00A0' or '\u202F' or '\'';

    /// <summary>True when one to three digits stand before and groups of three after.</summary>
    private static bool GroupFollows(ReadOnlySpan<char> text, int at, char mark)
    {
        var before = at;
        while (before > 0 && char.IsAsciiDigit(text[before - 1]))
            before--;
        var after = at + 1;
        while (after < text.Length && char.IsAsciiDigit(text[after]))
            after++;
        return at - before is >= 1 and <= 3 && after - at == 4 && (after == text.Length || text[after] == mark || text[after] == text[at]);
    }
}
