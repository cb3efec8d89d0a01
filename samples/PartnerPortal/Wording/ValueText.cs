using System.Globalization;
using DmpFederation.PartnerPortal.Hub;

namespace DmpFederation.PartnerPortal.Wording;

/// <summary>Values as a French reader writes them.</summary>
internal static class ValueText
{
    /// <summary>Number with unit, code or text; null when the fact has no value.</summary>
    public static string? Of(EntryValue? value)
    {
        if (value is null)
            return null;
        if (value.Number is { } number)
            return $"{value.Comparator}{Number(number)} {Unit(value.Unit ?? value.UnitCode, number)}".Trim();
        return value.Text ?? value.Coding?.Display ?? value.Coding?.Code;
    }

    /// <summary>Reference range; null when none is given.</summary>
    public static string? Range(EntryValue? value) => value switch
    {
        { ReferenceLow: { } low, ReferenceHigh: { } high } => $"réf. {Number(low)} à {Number(high)}",
        { ReferenceLow: { } low } => $"réf. à partir de {Number(low)}",
        { ReferenceHigh: { } high } => $"réf. jusqu'à {Number(high)}",
        _ => null,
    };

    /// <summary>Interpretation in words; null when normal or not given.</summary>
    public static string? Flag(EntryValue? value) => value?.Interpretation switch
    {
        null or "" or "N" => null,
        "H" => "Élevé",
        "HH" or "HU" => "Très élevé",
        "L" => "Bas",
        "LL" or "LU" => "Très bas",
        "A" or "AA" => "Anormal",
        "POS" => "Positif",
        "NEG" => "Négatif",
        "R" => "Résistant",
        "S" => "Sensible",
        "I" => "Intermédiaire",
        var other => other,
    };

    /// <summary>UCUM writes what is counted in braces (<c>{box}</c>): those are words, shown without them.</summary>
    private static string? Unit(string? unit, decimal number) => unit switch
    {
        "{box}" or "boîte" => number is > -2 and < 2 ? "boîte" : "boîtes",
        ['{', .. var counted, '}'] => counted,
        _ => unit,
    };

    private static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture).Replace('.', ',');
}
