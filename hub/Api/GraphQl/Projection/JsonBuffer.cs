using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace DmpFederation.Hub.Api.GraphQl.Projection;

/// <summary>Growing pooled UTF-8 buffer for JSON text that can be cut back when an object turns out to be null. Not thread-safe.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private static readonly SearchValues<char> MustEscape =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static code => (char)code), '"', '\\', '\u007f', '\u2028', '\u2029']);

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(16_384);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void CutTo(int length) => Length = length;

    public void Byte(byte value)
    {
        if (Length == bytes.Length)
            Grow(1);
        bytes[Length++] = value;
    }

    public void Raw(ReadOnlySpan<byte> text)
    {
        if (bytes.Length - Length < text.Length)
            Grow(text.Length);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
    }

    public void Number(int value) => Length += Utf8Formatter.TryFormat(value, Space(16), out var written) ? written : 0;

    /// <summary>The decimals that were recorded stay: 5.10 is not 5.1.</summary>
    public void Number(decimal value) =>
        Length += value.TryFormat(Space(64), out var written, default, CultureInfo.InvariantCulture) ? written : 0;

    /// <summary>Text without quotes or control characters of its own: dates, codes of ours.</summary>
    public void Moment(DateTimeOffset value, string format)
    {
        Byte((byte)'"');
        Length += value.TryFormat(Space(64), out var written, format, CultureInfo.InvariantCulture) ? written : 0;
        Byte((byte)'"');
    }

    public void Text(ReadOnlySpan<char> value)
    {
        var space = Space((value.Length * 3) + 2);
        if (value.ContainsAny(MustEscape))
        {
            Escaped(value);
            return;
        }

        space[0] = (byte)'"';
        // A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
        Utf8.FromUtf16(value, space[1..], out _, out var written, replaceInvalidSequences: true);
        space[written + 1] = (byte)'"';
        Length += written + 2;
    }

    public void Dispose()
    {
        var returned = bytes;
        bytes = [];
        Length = 0;
        if (returned.Length > 0)
            ArrayPool<byte>.Shared.Return(returned, clearArray: true);
    }

    private void Escaped(ReadOnlySpan<char> value)
    {
        Byte((byte)'"');
        while (value.Length > 0)
        {
            var plain = value.IndexOfAny(MustEscape);
            plain = plain < 0 ? value.Length : plain;
            Utf8.FromUtf16(value[..plain], Space(plain * 3), out _, out var written, replaceInvalidSequences: true);
            Length += written;
            if (plain == value.Length)
                break;
            Escape(value[plain]);
            value = value[(plain + 1)..];
        }

        Byte((byte)'"');
    }

    private void Escape(char value)
    {
        switch (value)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            default:
                Raw("\\u"u8);
                Length += ((int)value).TryFormat(Space(4), out var written, "X4", CultureInfo.InvariantCulture) ? written : 0;
                break;
        }
    }

    private Span<byte> Space(int size)
    {
        if (bytes.Length - Length < size)
            Grow(size);
        return bytes.AsSpan(Length);
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(bytes.Length * 2, Length + size)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        bytes = larger;
    }
}
