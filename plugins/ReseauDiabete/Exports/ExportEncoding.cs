using System.Text;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>The encodings exports come in: UTF-8 with or without mark, else Windows-1252, in which every byte is a character.</summary>
internal static class ExportEncoding
{
    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>UTF-8 when the bytes are valid UTF-8.</summary>
    public static Decoder Judge() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();

    /// <summary>False as soon as a block cannot be UTF-8.</summary>
    public static bool StillUtf8(Decoder judge, ReadOnlySpan<byte> block, bool last)
    {
        try
        {
            judge.GetCharCount(block, last);
            return Advance(judge, block, last);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool Advance(Decoder judge, ReadOnlySpan<byte> block, bool last)
    {
        Span<char> nowhere = stackalloc char[2048];
        while (true)
        {
            judge.Convert(block, nowhere, last, out var used, out _, out var completed);
            block = block[used..];
            if (completed && block.IsEmpty)
                return true;
        }
    }
}
