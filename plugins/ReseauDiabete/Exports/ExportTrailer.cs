using System.Globalization;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>
/// Closing line of a file, written last: <c>FIN;1234;16/03/2026 05:00;2026-S10</c>. A file without it is still being written.
/// </summary>
/// <param name="Rows">Rows between the heading and this line.</param>
/// <param name="Moment">When the network took the export.</param>
/// <param name="Previous">The export before this one; null for the first.</param>
internal sealed record ExportTrailer(long Rows, DateTimeOffset Moment, string? Previous)
{
    public const string Mark = "FIN;";

    public static ExportTrailer? Parse(string line)
    {
        var parts = line.TrimEnd('\r', '\n').Split(';');
        if (parts is not ["FIN", var count, var taken, var previous]
            || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            || !FrenchText.TryMoment(taken, out var moment)
            || (previous.Length > 0 && !ExportName.TryParseExport(previous, out _, out _, out _)))
            return null;
        return new ExportTrailer(rows, moment, previous.Length > 0 ? previous : null);
    }
}
