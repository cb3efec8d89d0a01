using System.Buffers;
using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>
/// Writes the compact form of what is kept as one value: numbers in groups of seven bits, lowest first; texts in UTF-8 with their length before. A
/// surrogate without its other half becomes U+FFFD, as it would in any answer. Not thread-safe.
/// </summary>
internal sealed class BlobWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Clear() => buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Number(ulong value)
    {
        var span = buffer.GetSpan(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7)
            span[at++] = (byte)(value | 0x80);
        span[at++] = (byte)value;
        buffer.Advance(at);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        buffer.Write(value);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        buffer.Advance(Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }

    /// <summary>A text that may be absent: one more than its length, then the text; 0 when absent.</summary>
    public void Maybe(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length + 1);
        buffer.Advance(Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }

    public void Key(PatientKey key)
    {
        Text(key.System);
        Text(key.Value);
    }

    /// <summary>With the offset it was written with, to the tick.</summary>
    public void Moment(DateTimeOffset value)
    {
        Number((ulong)value.Ticks);
        var minutes = (int)value.Offset.TotalMinutes;
        Number((ulong)((minutes << 1) ^ (minutes >> 31)));
    }

    /// <summary>With the places it was written with: <c>7.20</c> stays <c>7.20</c>.</summary>
    public void Decimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Byte((byte)(((bits[3] >> 16) & 0x7F) | (bits[3] < 0 ? 0x80 : 0)));
        Number(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        Number((uint)bits[2]);
    }
}
