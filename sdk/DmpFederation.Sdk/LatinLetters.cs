namespace DmpFederation.Sdk;

/// <summary>
/// Latin letters without their diacritics, as capitals. The hub runs without ICU (InvariantGlobalization), where
/// <see cref="string.Normalize()"/> decomposes nothing, so the decompositions of Unicode are written out here for the two blocks
/// that hold them. Letters that are not a base letter with a sign follow ICAO 9303 and French civil status: Œ is OE, Æ is AE, ß is SS,
/// Ø is O, Đ and Ð are D, Ł is L, Þ is TH. Combining signs that follow their letter (NFD text) fall away like any other non-letter.
/// </summary>
public static class LatinLetters
{
    // U+00C0 to U+024F; a dot where the character has no base letter.
    private const string LatinAndExtended =
        "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY.Y" +
        "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIII..JJKK.LLLLLLL" +
        "LLLNNNNNN...OOOOOO..RRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS" +
        "................................OO.............UU..............." +
        ".............AAIIOOUUUUUUUUUU.AAAA..GGGGKKOOOO..J...GG..NNAA..OO" +
        "AAAAEEEEIIIIOOOORRRRUUUUSSTT..HH......AAEEOOOOOOOOYY............" +
        "................";

    // U+1E00 to U+1EFF.
    private const string ExtendedAdditional =
        "AABBBBBBCCDDDDDDDDDDEEEEEEEEEEFFGGHHHHHHHHHHIIIIKKKKKKLLLLLLLLMM" +
        "MMMMNNNNNNNNOOOOOOOOPPPPRRRRRRRRSSSSSSSSSSTTTTTTTTUUUUUUUUUUVVVV" +
        "WWWWWWWWWWXXXXYYZZZZZZHTWYAS....AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEE" +
        "EEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY......";

    /// <summary>One or two capitals A to Z for a letter; (NUL, NUL) for what is not a Latin letter.</summary>
    public static (char First, char Second) Fold(char letter)
    {
        if (char.IsAsciiLetterUpper(letter))
            return (letter, '\0');
        if (char.IsAsciiLetterLower(letter))
            return ((char)(letter - 32), '\0');
        if (letter < '\u00C0')
            return default;
        switch (letter)
        {
            case 'Œ' or 'œ':
                return ('O', 'E');
            case 'Æ' or 'æ' or 'Ǽ' or 'ǽ' or 'Ǣ' or 'ǣ':
                return ('A', 'E');
            case 'ß' or 'ẞ':
                return ('S', 'S');
            case 'Þ' or 'þ':
                return ('T', 'H');
            case 'Ĳ' or 'ĳ':
                return ('I', 'J');
        }
        var folded = letter switch
        {
            <= '\u024F' => LatinAndExtended[letter - '\u00C0'],
            >= '\u1E00' and <= '\u1EFF' => ExtendedAdditional[letter - '\u1E00'],
            _ => '.',
        };
        return folded == '.' ? default : (folded, '\0');
    }

    /// <summary>Writes the letters of <paramref name="text"/> as capitals A to Z and drops everything else, until the target is full.</summary>
    /// <returns>Letters written.</returns>
    public static int FoldLetters(ReadOnlySpan<char> text, Span<char> target)
    {
        var length = 0;
        foreach (var letter in text)
        {
            var (first, second) = Fold(letter);
            if (first != '\0' && length < target.Length)
                target[length++] = first;
            if (second != '\0' && length < target.Length)
                target[length++] = second;
        }
        return length;
    }
}
