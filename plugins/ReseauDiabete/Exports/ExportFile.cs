using System.Security.Cryptography;
using System.Text;

namespace DmpFederation.Plugins.ReseauDiabete.Exports;

/// <summary>One file seen through once: whether it is whole, its encoding and its digest.</summary>
/// <param name="Digest">SHA-256, hexadecimal.</param>
/// <param name="Encoding">What its bytes are read with.</param>
/// <param name="Trailer">Null while it is being written.</param>
internal sealed record ExportFile(string Digest, Encoding Encoding, ExportTrailer? Trailer)
{
    private const int TailBytes = 512;

    /// <summary>Reads a stream to its end in constant memory.</summary>
    public static ExportFile Inspect(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var judge = ExportEncoding.Judge();
        var block = new byte[64 * 1024];
        var tail = Array.Empty<byte>();
        var utf8 = true;
        int read;
        while ((read = content.Read(block, 0, block.Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = block.AsSpan(0, read);
            hash.AppendData(bytes);
            utf8 = utf8 && ExportEncoding.StillUtf8(judge, bytes, last: false);
            tail = read >= TailBytes ? bytes[^TailBytes..].ToArray() : [.. tail.AsSpan(Math.Max(0, tail.Length + read - TailBytes)), .. bytes];
        }
        utf8 = utf8 && ExportEncoding.StillUtf8(judge, default, last: true);
        return new ExportFile(
            Convert.ToHexStringLower(hash.GetHashAndReset()), utf8 ? ExportEncoding.Utf8 : ExportEncoding.Windows1252, TrailerOf(tail));
    }

    /// <summary>The last line, once its own line end is there: until then its figures may be half written.</summary>
    private static ExportTrailer? TrailerOf(ReadOnlySpan<byte> tail)
    {
        if (tail.IsEmpty || tail[^1] != '\n')
            return null;
        var line = tail[(tail[..^1].LastIndexOf((byte)'\n') + 1)..];
        return ExportTrailer.Parse(Encoding.Latin1.GetString(line));
    }
}
