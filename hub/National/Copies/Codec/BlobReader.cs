using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>Reads what <see cref="BlobWriter"/> wrote. Every fault is an <see cref="InvalidDataException"/>, whatever the bytes are.</summary>
internal ref struct BlobReader(ReadOnlySpan<byte> blob)
{
    private readonly ReadOnlySpan<byte> blob = blob;
    private int at;

    public readonly bool AtEnd => at == blob.Length;

    public byte Byte() => at < blob.Length ? blob[at++] : throw Broken();

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var group = Byte();
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
                return value;
        }
        throw Broken();
    }

    /// <summary>How many of something follow; each takes a byte at least, so that broken bytes cannot ask for more room than they are.</summary>
    public int Count()
    {
        var count = Number();
        return count <= (ulong)(blob.Length - at) ? (int)count : throw Broken();
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Count();
        at += length;
        return blob.Slice(at - length, length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A text of a terminology: shared with every other entry that has it.</summary>
    public string Term() => TermPool.Get(Bytes());

    public string? MaybeText() => Maybe(out var utf8) ? Encoding.UTF8.GetString(utf8) : null;

    public string? MaybeTerm() => Maybe(out var utf8) ? TermPool.Get(utf8) : null;

    /// <summary>False when it is absent.</summary>
    public bool Maybe(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        var length = Number();
        if (length == 0)
            return false;
        if (length - 1 > (ulong)(blob.Length - at))
            throw Broken();
        utf8 = blob.Slice(at, (int)(length - 1));
        at += utf8.Length;
        return true;
    }

    public PatientKey Key() => new(Term(), Text());

    public DateTimeOffset Moment()
    {
        var ticks = Number();
        var zigzag = (uint)Number();
        var minutes = (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
        try
        {
            return new DateTimeOffset((long)ticks, TimeSpan.FromMinutes(minutes));
        }
        catch (ArgumentException)
        {
            throw Broken();
        }
    }

    public decimal Decimal()
    {
        var head = Byte();
        var low = Number();
        var high = Number();
        if ((head & 0x7F) > 28 || high > uint.MaxValue)
            throw Broken();
        return new decimal((int)low, (int)(low >> 32), (int)high, (head & 0x80) != 0, (byte)(head & 0x7F));
    }

    public static InvalidDataException Broken() => new("A value of the national store is not of a form this hub knows.");
}
