using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity.Traits;

/// <summary>Letters of a name: capitals without signs, which of them bore one, and <see cref="Gap"/> where a letter was lost.</summary>
/// <param name="Letters">A to Z, letters of other scripts as they are, gaps.</param>
/// <param name="Signed">Bit i is set when letter i bore a diacritic or was a ligature (of the first 64).</param>
internal readonly record struct NameWord(string Letters, ulong Signed)
{
    /// <summary>Stands for a letter that an encoding turned into something else.</summary>
    public const char Gap = '?';

    public bool HasGap => Letters.Contains(Gap, StringComparison.Ordinal);

    public bool IsSigned(int index) => index < 64 && (Signed & (1UL << index)) != 0;
}

/// <summary>A name, or a list of names, cut into words: spaces, hyphens, apostrophes and full stops part them and mean nothing else.</summary>
internal sealed class NameWords
{
    // What the second byte of a UTF-8 letter becomes when it is read as Windows-1252 and is not in U+0080 to U+00BF.
    private const string Mistaken = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

    /// <summary>Words of a name looked at; no person has more given names.</summary>
    private const int MostWords = 32;

    private NameWords(List<NameWord> words)
    {
        Words = words;
        Joined = words.Count == 1 ? words[0] : Join(words, words.Count);
    }

    public IReadOnlyList<NameWord> Words { get; }

    /// <summary>All letters without the partings.</summary>
    public NameWord Joined { get; }

    public static NameWords Of(string name)
    {
        var words = new List<NameWord>(2);
        Read(name, words);
        return new NameWords(words);
    }

    public static NameWords Of(IReadOnlyList<string> names)
    {
        var words = new List<NameWord>(4);
        for (var index = 0; index < names.Count; index++)
            Read(names[index], words);
        return new NameWords(words);
    }

    /// <summary>Letters of the first words, without the partings.</summary>
    public NameWord Beginning(int words) => Join(Words, words);

    /// <summary>True when its first words, however parted, are all of <paramref name="other"/>.</summary>
    public bool BeginsAs(NameWords other)
    {
        if (other.Joined.HasGap || !Joined.Letters.StartsWith(other.Joined.Letters, StringComparison.Ordinal))
            return false;
        var length = 0;
        foreach (var word in Words)
        {
            if (length >= other.Joined.Letters.Length)
                break;
            length += word.Letters.Length;
        }
        return length == other.Joined.Letters.Length;
    }

    /// <summary>True when every word of <paramref name="part"/> is among its words, as often.</summary>
    public bool Holds(NameWords part)
    {
        if (part.Words.Count > Words.Count || part.Joined.HasGap)
            return false;
        var taken = 0UL;
        foreach (var wanted in part.Words)
        {
            var found = false;
            for (var index = 0; index < Words.Count && index < 64 && !found; index++)
            {
                if ((taken & (1UL << index)) == 0 && Words[index].Letters == wanted.Letters)
                {
                    taken |= 1UL << index;
                    found = true;
                }
            }
            if (!found)
                return false;
        }
        return true;
    }

    /// <summary>True when it is the beginning of <paramref name="full"/> with some words written as their first letter.</summary>
    public bool IsInitialsOf(NameWords full)
    {
        if (Words.Count > full.Words.Count)
            return false;
        for (var index = 0; index < Words.Count; index++)
        {
            var (mine, other) = (Words[index].Letters, full.Words[index].Letters);
            if (mine != other && !(mine.Length == 1 && mine[0] == other[0]))
                return false;
        }
        return true;
    }

    private static NameWord Join(IReadOnlyList<NameWord> words, int count)
    {
        var letters = new StringBuilder();
        var signed = 0UL;
        for (var index = 0; index < count && index < words.Count; index++)
        {
            if (letters.Length < 64)
                signed |= words[index].Signed << letters.Length;
            letters.Append(words[index].Letters);
        }
        return new NameWord(letters.ToString(), signed);
    }

    private static void Read(string text, List<NameWord> words)
    {
        var letters = new StringBuilder(text.Length);
        var signed = 0UL;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (IsParting(letter))
            {
                End(letters, ref signed, words);
                continue;
            }
            var mistaken = IsMistaken(text, index);
            if (mistaken || letter is NameWord.Gap or '\uFFFD')
            {
                letters.Append(NameWord.Gap);
                index += mistaken ? 1 : 0;
                continue;
            }
            var (first, second) = LatinLetters.Fold(letter);
            if (first == '\0' && char.IsLetter(letter))
                first = letter;
            if (first == '\0')
                continue;
            if (!char.IsAscii(letter) && letters.Length < 64)
                signed |= 1UL << letters.Length;
            letters.Append(first);
            if (second == '\0')
                continue;
            if (letters.Length < 64)
                signed |= 1UL << letters.Length;
            letters.Append(second);
        }
        End(letters, ref signed, words);
    }

    private static void End(StringBuilder letters, ref ulong signed, List<NameWord> words)
    {
        if (letters.Length > 0 && words.Count < MostWords)
            words.Add(new NameWord(letters.ToString(), signed));
        letters.Clear();
        signed = 0;
    }

    private static bool IsParting(char letter) =>
        char.IsWhiteSpace(letter) || letter is '-' or '‐' or '‑' or '–' or '\'' or '’' or '.' or ',' or '_' or '/';

    /// <summary>UTF-8 read as Windows-1252: é became Ã©.</summary>
    private static bool IsMistaken(string text, int index) =>
        text[index] is 'Ã' or 'Å' or 'Ä' && index + 1 < text.Length
        && (text[index + 1] is >= '\u0080' and <= '\u00BF' || Mistaken.Contains(text[index + 1], StringComparison.Ordinal));
}
