using System.Globalization;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>The two files of one export.</summary>
internal enum ExportKind
{
    /// <summary>Who is followed: numbers and traits.</summary>
    Patients,

    /// <summary>What was done and measured.</summary>
    FollowUp,
}

/// <summary>
/// Name of an export file: <c>reseau-diabete_2026-S11_suivi.csv</c>, or <c>reseau-diabete_2026-S11-02_suivi.csv</c> for a second export of one week.
/// Letters, digits and hyphens alone: nothing in it can lead out of the folder.
/// </summary>
/// <param name="Year">ISO 8601 week-numbering year.</param>
/// <param name="Week">1 to 53.</param>
/// <param name="Part">1, or 2 to 9999 for further exports of the week.</param>
/// <param name="Kind">Which of the two.</param>
internal readonly record struct ExportName(int Year, int Week, int Part, ExportKind Kind)
{
    public const string Prefix = "reseau-diabete_";
    private const string PatientsEnd = "_patients.csv";
    private const string FollowUpEnd = "_suivi.csv";

    /// <summary>The export both files belong to: <c>2026-S11</c>, <c>2026-S11-02</c>.</summary>
    public string Export => Part == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-S{Week:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-S{Week:00}-{Part:00}");

    /// <summary>Exports in the order the network made them.</summary>
    public long Sequence => ((((long)Year * 100) + Week) * 10_000) + Part;

    public static bool TryParse(ReadOnlySpan<char> file, out ExportName name)
    {
        name = default;
        if (!file.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var kind = file.EndsWith(PatientsEnd, StringComparison.Ordinal) ? ExportKind.Patients : ExportKind.FollowUp;
        var end = kind == ExportKind.Patients ? PatientsEnd : FollowUpEnd;
        if (!file.EndsWith(end, StringComparison.Ordinal) || file.Length < Prefix.Length + end.Length
            || !TryParseExport(file[Prefix.Length..^end.Length], out var year, out var week, out var part))
            return false;
        name = new ExportName(year, week, part, kind);
        return true;
    }

    /// <summary>Reads <c>2026-S11</c>, <c>2026-S11-02</c> or <c>2026-S11-100</c>: two digits at least, and no zero before three.</summary>
    public static bool TryParseExport(ReadOnlySpan<char> text, out int year, out int week, out int part)
    {
        (year, week, part) = (0, 0, 1);
        return text.Length is 8 or (>= 11 and <= 13) && text[4] == '-' && text[5] == 'S'
            && TryNumber(text[..4], out year) && year >= 2000
            && TryNumber(text[6..8], out week) && week >= 1 && week <= ISOWeek.GetWeeksInYear(year)
            && (text.Length == 8 || (text[8] == '-' && TryNumber(text[9..], out part) && part >= 2 && (text.Length == 11 || text[9] != '0')));
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
