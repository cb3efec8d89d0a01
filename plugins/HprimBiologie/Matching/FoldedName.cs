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

    /// <summary>The same of what is left of a text written in ISO-8859-1, which lacks letters such as ı, ł, ş and œ.</summary>
    public static string InOldEncoding(string? text) =>
        text is null || !text.Any(IsLost) ? Of(text) : Of(string.Concat(text.Where(static letter => !IsLost(letter))));

    private static bool IsLost(char letter) => letter > 'ÿ';
}
