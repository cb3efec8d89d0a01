using System.Text;
using System.Xml;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Bytes to XML text. XmlReader knows UTF-8, UTF-16 and ISO-8859-1; the rest of what French legacy systems declare is added here.</summary>
internal static class EncodedXml
{
    private const int DeclarationLength = 256;

    /// <summary>A reader over the bytes; null when their declared encoding is unknown.</summary>
    internal static XmlReader? Open(ReadOnlyMemory<byte> bytes, XmlReaderSettings settings)
    {
        var stream = AsStream(bytes);
        var declared = DeclaredEncoding(bytes.Span);
        if (declared is null || declared.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || HasByteOrderMark(bytes.Span))
            return XmlReader.Create(stream, settings);
        // The declaration was read byte by byte, so it is not UTF-16 whatever it says: writers that convert to UTF-8 forget to change it.
        if (declared.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || declared.StartsWith("unicode", StringComparison.OrdinalIgnoreCase))
            return XmlReader.Create(new StreamReader(stream, Encoding.UTF8), settings);
        return Find(declared) is { } encoding ? XmlReader.Create(new StreamReader(stream, encoding), settings) : null;
    }

    /// <summary>True when a document type declaration stands before the first element.</summary>
    internal static bool HasDoctype(ReadOnlyMemory<byte> bytes)
    {
        var head = bytes.Span[..Math.Min(bytes.Length, 64 * 1024)];
        var text = head.Length > 1 && (head[0], head[1]) is (0xFF, 0xFE) or (0x3C, 0)
            ? Encoding.Unicode.GetString(head)
            : head.Length > 1 && (head[0], head[1]) is (0xFE, 0xFF) or (0, 0x3C)
                ? Encoding.BigEndianUnicode.GetString(head)
                : Encoding.Latin1.GetString(head);
        return text.Contains("<!DOCTYPE", StringComparison.Ordinal);
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private static bool HasByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) || bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]);

    private static string? DeclaredEncoding(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationLength)]);
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        if (!head.StartsWith("<?xml", StringComparison.Ordinal) || end < 0)
            return null;
        var start = head.IndexOf("encoding", StringComparison.Ordinal);
        if (start < 0 || start > end)
            return null;
        var parts = head[start..end].Split('"', '\'');
        return parts.Length > 1 ? parts[1].Trim() : null;
    }

    // Windows-1252 is a code page .NET does not register by itself; registering it would change the whole process, asking for it does not.
    private static Encoding? Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
    }
}
