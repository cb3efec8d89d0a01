using System.Text;

namespace DmpFederation.Plugins.HprimBiologie.Hprim;

/// <summary>One line of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="End">Offset after its last byte, the line end left out.</param>
/// <param name="Next">Offset of the next line.</param>
/// <param name="Text">Decoded.</param>
internal readonly record struct HprimLine(int Number, int Start, int End, int Next, string Text)
{
    /// <summary>False when the file stops in it.</summary>
    public bool Ended => Next > End;

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>Name of the section mark on this line (<c>LAB</c>, <c>FIN</c>, <c>FINFICHIER</c>), or null.</summary>
    public string? Mark
    {
        get
        {
            var text = Text.AsSpan().Trim();
            if (!text.StartsWith("****") || !text.EndsWith("****"))
                return null;
            return text.Trim("* ").ToString().ToUpperInvariant() switch
            {
                "LAB" => Lab,
                "FIN" => EndOfReport,
                "FINFICHIER" => EndOfFile,
                _ => null,
            };
        }
    }

    public const string Lab = "LAB";
    public const string EndOfReport = "FIN";
    public const string EndOfFile = "FINFICHIER";

    /// <summary>Cuts at CRLF, LF or CR, whole code units at a time.</summary>
    public static List<HprimLine> Cut(ReadOnlySpan<byte> bytes, int from, Encoding encoding, int firstNumber)
    {
        var lines = new List<HprimLine>();
        var unit = encoding.CodePage is 1200 or 1201 ? 2 : 1;
        var number = firstNumber;
        var start = from;
        for (var at = from; at + unit <= bytes.Length; at += unit)
        {
            var letter = UnitAt(bytes, at, encoding.CodePage);
            if (letter is not ('\n' or '\r'))
                continue;
            var next = at + unit;
            if (letter == '\r' && next + unit <= bytes.Length && UnitAt(bytes, next, encoding.CodePage) == '\n')
                next += unit;
            lines.Add(new HprimLine(number++, start, at, next, encoding.GetString(bytes[start..at])));
            start = next;
            at = next - unit;
        }
        if (start < bytes.Length)
            lines.Add(new HprimLine(number, start, bytes.Length, bytes.Length, encoding.GetString(bytes[start..])));
        return lines;
    }

    private static int UnitAt(ReadOnlySpan<byte> bytes, int at, int codePage) => codePage switch
    {
        1200 => bytes[at] | (bytes[at + 1] << 8),
        1201 => (bytes[at] << 8) | bytes[at + 1],
        _ => bytes[at],
    };
}
