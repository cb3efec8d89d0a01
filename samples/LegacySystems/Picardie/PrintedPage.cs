using System.Globalization;
using System.Text;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Writes one page of text as PDF 1.4: five objects and a standard font, as the printers of the time did.</summary>
internal static class PrintedPage
{
    private const int LineLength = 88;

    public static byte[] Of(string title, IEnumerable<string> paragraphs)
    {
        var text = new StringBuilder("BT /F1 16 Tf 56 780 Td 20 TL (").Append(Escaped(title)).Append(") Tj T* /F1 11 Tf 16 TL T*\n");
        foreach (var line in paragraphs.SelectMany(Wrapped))
            text.Append('(').Append(Escaped(line)).Append(") Tj T*\n");
        text.Append("ET");
        var content = text.ToString();
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            $"<< /Length {Encoding.Latin1.GetByteCount(content)} >>\nstream\n{content}\nendstream",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>(objects.Length);
        for (var number = 1; number <= objects.Length; number++)
        {
            // One character is one byte in Latin-1, so lengths are offsets.
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static IEnumerable<string> Wrapped(string paragraph)
    {
        var line = new StringBuilder();
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineLength)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }
        yield return line.ToString();
    }

    /// <summary>Latin-1 covers French but for the ligatures and quotes of typographers, which the font's encoding has elsewhere.</summary>
    private static string Escaped(string text) => text
        .Replace("œ", "oe", StringComparison.Ordinal)
        .Replace("Œ", "Oe", StringComparison.Ordinal)
        .Replace('’', '\'')
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("(", "\\(", StringComparison.Ordinal)
        .Replace(")", "\\)", StringComparison.Ordinal);
}
