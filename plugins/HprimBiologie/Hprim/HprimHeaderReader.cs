using System.Globalization;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>Reads the twelve header lines.</summary>
internal static class HprimHeaderReader
{
    private const int LongestLife = 112;
    private const int FirstYearOfHprim = 1980;

    private static readonly string[] LongForms = ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd", "dd-MM-yyyy", "dd.MM.yyyy"];

    /// <summary>True when the texts of lines 7 and 10 are dates or blank, and one is a date.</summary>
    public static bool DatesFit(string birth, string report)
    {
        var left = birth.AsSpan().Trim();
        var right = report.AsSpan().Trim();
        return (left.Length > 0 || right.Length > 0)
            && (left.IsEmpty || TryDate(left, out _, out _)) && (right.IsEmpty || TryDate(right, out _, out _));
    }

    /// <summary>
    /// Whom the first lines of a header name that cannot be used otherwise; null unless it is certain. A day of birth on line 7 and names without
    /// digits on lines 2 and 3 tell that no line is missing or too many before them.
    /// </summary>
    /// <param name="lines">Trimmed; those that are whole, from the first line of the header.</param>
    public static HprimPerson? Person(IReadOnlyList<string> lines)
    {
        if (lines.Count < 7 || !IsName(lines[1]) || !IsName(lines[2]))
            return null;
        string? fault = null;
        DateOnly? report = lines.Count > 9 && TryDate(lines[9], out var day, out var isShort) && !isShort ? day : null;
        var (birth, shortBirth) = Birth(lines[6], report, ref fault);
        return fault is not null || (birth ?? shortBirth) is null || birth > report ? null : new HprimPerson(lines[1], lines[2], birth, shortBirth);
    }

    /// <summary>The header; null with what to fix when it cannot be used.</summary>
    public static HprimHeader? Read(IReadOnlyList<string> lines, out string? fault)
    {
        var (sender, senderName) = Words(lines[10]);
        fault = lines[8].Length == 0 ? "Line 9 of the header, the number of the report, is blank."
            : sender.Length == 0 ? "Line 11 of the header, the sender, is blank."
            : null;
        DateOnly? date = null;
        if (lines[9].Length > 0)
        {
            if (!TryDate(lines[9], out var day, out var isShort))
                fault ??= "Line 10 of the header is not a date.";
            else
                date = isShort && day.Year < FirstYearOfHprim ? day.AddYears(100) : day;
        }
        var (birth, shortBirth) = Birth(lines[6], date, ref fault);
        return fault is not null ? null : new HprimHeader
        {
            PatientCode = lines[0],
            Name = lines[1],
            GivenName = lines[2],
            Address = [.. lines.Skip(3).Take(3)],
            BirthDate = birth,
            ShortBirthDate = shortBirth,
            Nir = lines[7].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            FileNumber = lines[8],
            Date = date,
            Sender = sender,
            SenderName = senderName,
            Recipient = lines[11],
        };
    }

    /// <summary>A year of two digits is of the century in which the person lived when the report was made, if only one is possible.</summary>
    private static (DateOnly? Known, DateOnly? Short) Birth(string text, DateOnly? report, ref string? fault)
    {
        if (text.Length == 0)
            return (null, null);
        if (!TryDate(text, out var day, out var isShort))
        {
            fault ??= "Line 7 of the header is not a date.";
            return (null, null);
        }
        if (!isShort)
            return (day, null);
        var later = day.AddYears(100);
        if (later.Day != day.Day || (report is { } made && later > made))
            return (day, null);
        return report is { } known && day.AddYears(LongestLife) < known ? (later, null) : (null, later);
    }

    /// <param name="text">Trimmed.</param>
    /// <param name="day">The day; in the twentieth century when the year has two digits.</param>
    /// <param name="isShort">True when the year has two digits.</param>
    private static bool TryDate(ReadOnlySpan<char> text, out DateOnly day, out bool isShort)
    {
        isShort = false;
        if (DateOnly.TryParseExact(text, LongForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return day.Year >= 1800;
        if (text.Length != 8 || text[2] is not ('/' or '-' or '.') || text[5] != text[2] || !int.TryParse(text[6..], NumberStyles.None, null, out var year)
            || !int.TryParse(text[..2], NumberStyles.None, null, out var date) || !int.TryParse(text[3..5], NumberStyles.None, null, out var month)
            || month is < 1 or > 12 || date < 1)
            return false;
        isShort = true;
        // 29 February of '00 is of 2000 alone.
        var century = date == 29 && month == 2 && year == 0 ? 2000 : 1900;
        if (date > DateTime.DaysInMonth(century + year, month))
            return false;
        day = new DateOnly(century + year, month, date);
        return true;
    }

    private static bool IsName(string text) => text.Any(char.IsLetter) && !text.Any(char.IsDigit);

    private static (string Code, string Name) Words(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line, "") : (line[..space], line[space..].Trim());
    }
}
