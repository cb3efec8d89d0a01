using System.Text;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>
/// Tells in which encoding a file was written: HPRIM names none, and laboratories use what their machine uses. A byte order mark decides; else bytes
/// that are zero at every other place are UTF-16; bytes that are valid UTF-8 beyond ASCII are UTF-8; else the more plausible of Windows-1252 (with
/// ISO-8859-1 inside it) and MacRoman as French text.
/// </summary>
internal static class HprimEncoding
{
    /// <summary>Windows-1252: the same as ISO-8859-1 where both have letters.</summary>
    public static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static readonly Encoding Mac = CodePagesEncodingProvider.Instance.GetEncoding(10_000)!;

    private const int Sample = 64 << 10;
    private const string Lower = "àâäçéèêëîïôöùûüÿœæ";
    private const string Upper = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ";
    private const string Signs = "°µ²³«»’–±…€§½";

    private static readonly UTF8Encoding Utf8 = new(false);
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The encoding of code page <paramref name="codePage"/>, one of those <see cref="Detect"/> answers.</summary>
    public static Encoding Of(int codePage) => codePage switch
    {
        1200 => Encoding.Unicode,
        1201 => Encoding.BigEndianUnicode,
        10_000 => Mac,
        1252 => Windows,
        _ => Utf8,
    };

    /// <summary>The encoding, and how many bytes at the start are a byte order mark.</summary>
    public static (Encoding Encoding, int Mark) Detect(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Utf8, 3);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, 2);
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, 2);
        var (even, odd) = Zeros(file);
        if (odd > 3 * even && odd * 5 > Math.Min(file.Length, Sample))
            return (Encoding.Unicode, 0);
        if (even > 3 * odd && even * 5 > Math.Min(file.Length, Sample))
            return (Encoding.BigEndianUnicode, 0);
        if (IsUtf8(file))
            return (Utf8, 0);
        return (Plausibility(file, Mac) > Plausibility(file, Windows) ? Mac : Windows, 0);
    }

    private static (int Even, int Odd) Zeros(ReadOnlySpan<byte> file)
    {
        var (even, odd) = (0, 0);
        for (var at = 0; at < file.Length && at < Sample; at++)
        {
            if (file[at] != 0)
                continue;
            if (at % 2 == 0)
                even++;
            else
                odd++;
        }
        return (even, odd);
    }

    // A file that is being written may end inside a character: its last three bytes do not count.
    private static bool IsUtf8(ReadOnlySpan<byte> file)
    {
        var end = file.Length;
        for (var back = 1; back <= 3 && back <= file.Length; back++)
        {
            if (file[^back] >= 0xC0)
                end = file.Length - back;
            if (file[^back] < 0x80 || file[^back] >= 0xC0)
                break;
        }
        try
        {
            StrictUtf8.GetCharCount(file[..end]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Points of a reading: letters of French in their place count for it, anything else beyond ASCII against it.</summary>
    private static int Plausibility(ReadOnlySpan<byte> file, Encoding encoding)
    {
        var points = 0;
        Span<char> three = stackalloc char[3];
        for (var at = 0; at < file.Length; at++)
        {
            if (file[at] < 0x80)
                continue;
            three.Fill(' ');
            encoding.GetChars(file.Slice(Math.Max(0, at - 1), Math.Min(at, 1)), three);
            encoding.GetChars(file.Slice(at, 1), three[1..]);
            if (at + 1 < file.Length)
                encoding.GetChars(file.Slice(at + 1, 1), three[2..]);
            points += PointsOf(three[0], three[1], three[2]);
        }
        return points;
    }

    private static int PointsOf(char before, char letter, char after)
    {
        if (Lower.Contains(letter))
            return IsUpper(before) && (IsUpper(after) || !IsLower(after)) || (IsUpper(after) && !IsLower(before)) ? -1 : 3;
        if (Upper.Contains(letter))
            return IsLower(before) ? -1 : 3;
        return Signs.Contains(letter) ? 1 : -2;
    }

    private static bool IsUpper(char letter) => char.IsAsciiLetterUpper(letter) || Upper.Contains(letter);

    private static bool IsLower(char letter) => char.IsAsciiLetterLower(letter) || Lower.Contains(letter);
}
