namespace DmpFederation.Hub.Identity.Traits;

/// <summary>
/// Whether an encoding that knew fewer letters explains the difference of two names: a letter with a sign became a gap (one letter, or the two of
/// a ligature), or fell away. Where neither side shows signs (INSi prints capitals alone) one letter that may bear a sign in French may be missing.
/// </summary>
internal static class LostLetters
{
    private const int MostLetters = 64;
    private const int ShortestWithMissing = 4;
    private const string MayBearASign = "ACEIOU";

    /// <summary>True for the whole of the one and the first words of the other, or the other way round.</summary>
    public static bool AnyBeginning(NameWords one, NameWords other)
    {
        for (var words = 1; words <= one.Words.Count; words++)
        {
            if (Explain(one.Beginning(words), other.Joined))
                return true;
        }
        for (var words = 1; words <= other.Words.Count; words++)
        {
            if (Explain(one.Joined, other.Beginning(words)))
                return true;
        }
        return false;
    }

    public static bool Explain(NameWord one, NameWord other)
    {
        var (rows, columns) = (one.Letters.Length, other.Letters.Length);
        if (rows is 0 or > MostLetters || columns is 0 or > MostLetters || IsMostlyGaps(one) || IsMostlyGaps(other))
            return false;
        var mayMiss = one.Signed == 0 && other.Signed == 0 && Math.Min(rows, columns) >= ShortestWithMissing;

        // Each place: whether both names can have come so far, without (1) and with (2) a letter missing. A table and no recursion: the names may
        // be anybody's.
        Span<byte> reached = stackalloc byte[(MostLetters + 1) * (MostLetters + 1)];
        reached.Clear();
        var width = columns + 1;
        reached[0] = 1;
        for (var left = 0; left <= rows; left++)
        {
            for (var right = 0; right <= columns; right++)
            {
                var here = reached[(left * width) + right];
                if (here == 0)
                    continue;
                if (left < rows)
                    reached[((left + 1) * width) + right] |= Without(one, left, here, mayMiss);
                if (right < columns)
                    reached[(left * width) + right + 1] |= Without(other, right, here, mayMiss);
                if (left == rows || right == columns)
                    continue;
                var (mine, theirs) = (one.Letters[left], other.Letters[right]);
                if (mine == theirs || mine == NameWord.Gap || theirs == NameWord.Gap)
                    reached[((left + 1) * width) + right + 1] |= here;
                if (mine == NameWord.Gap && right + 2 <= columns)
                    reached[((left + 1) * width) + right + 2] |= here;
                if (theirs == NameWord.Gap && left + 2 <= rows)
                    reached[((left + 2) * width) + right + 1] |= here;
            }
        }
        return reached[(rows * width) + columns] != 0;
    }

    private static byte Without(NameWord word, int index, byte reached, bool mayMiss)
    {
        if (word.IsSigned(index))
            return reached;
        return mayMiss && (reached & 1) != 0 && MayBearASign.Contains(word.Letters[index], StringComparison.Ordinal) ? (byte)2 : (byte)0;
    }

    // It would fit any name.
    private static bool IsMostlyGaps(NameWord word) => word.Letters.AsSpan().Count(NameWord.Gap) * 2 > word.Letters.Length;
}
