using System.Globalization;

namespace DmpFederation.Plugins.ReseauDiabete.Rows;

/// <summary>What every row begins with. Of an unreadable row, as much as could be read.</summary>
/// <param name="Number">The network's number of the record: digits, at most 18. Null when unreadable.</param>
/// <param name="Version">From 1, rising with each correction. Null when unreadable.</param>
/// <param name="Action">Null when unreadable.</param>
/// <param name="InsC">Null when its key is wrong.</param>
internal readonly record struct RowHead(string? Number, long? Version, RowAction? Action, string? InsC)
{
    /// <summary>Reads the head.</summary>
    /// <param name="fields">In the order of <see cref="RowColumns"/>.</param>
    /// <param name="numberColumn">Column of the number, for the reason.</param>
    /// <param name="problem">Null when all of it can be read.</param>
    public static RowHead Read(ReadOnlySpan<string> fields, string numberColumn, out RowProblem? problem)
    {
        var number = IsNumber(fields[RowColumns.Number]) ? fields[RowColumns.Number] : null;
        var version = long.TryParse(fields[RowColumns.Version], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            && parsed is > 0 and < 1_000_000_000_000 ? parsed : (long?)null;
        RowAction? action = fields[RowColumns.Action] switch
        {
            "C" => RowAction.Created,
            "M" => RowAction.Corrected,
            "A" => RowAction.Withdrawn,
            _ => null,
        };
        var key = fields[RowColumns.InsC].Replace(" ", "", StringComparison.Ordinal);
        var insC = Rows.InsC.HasRightKey(key) ? key : null;
        problem = number is null ? RowProblem.Number(numberColumn, "1 to 18 digits, without leading zero")
            : version is null ? RowProblem.Number("Version", "a whole number from 1")
            : action is null ? RowProblem.Action()
            : insC is null ? RowProblem.Key()
            : null;
        return new RowHead(number, version, action, insC);
    }

    private static bool IsNumber(string text) =>
        text.Length is > 0 and <= 18 && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
