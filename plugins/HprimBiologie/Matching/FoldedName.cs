using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>Names as they are compared: letters A to Z alone, without accents, capitals, hyphens, apostrophes and spaces.</summary>
internal static class FoldedName
{
    private const int Longest = 128;

    /// <summary>Empty when the text has no letter.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        Span<char> letters = stackalloc char[Longest];
        return new string(letters[..LatinLetters.FoldLetters(text.AsSpan(0, Math.Min(text.Length, Longest)), letters)]);
    }

    /// <summary>
    /// The forms under which a text may stand in a file, each once: its own, and of a text with letters that ISO-8859-1 lacks (ı, ł, ş, œ) what is
    /// left where software drops them, and where it writes the nearest letter (O for Œ). Empty when it has no letter.
    /// </summary>
    public static IEnumerable<string> Forms(string? text) =>
        new[] { Of(text), Of(Lost(text, static _ => null)), Of(Lost(text, static letter => LatinLetters.Fold(letter).First)) }
            .Where(static form => form.Length > 0).Distinct();

    private static string? Lost(string? text, Func<char, char?> written) =>
        text is null || !text.Any(IsLost) ? text : string.Concat(text.Select(letter => IsLost(letter) ? written(letter) : letter));

    private static bool IsLost(char letter) => letter > 'ÿ';
}
