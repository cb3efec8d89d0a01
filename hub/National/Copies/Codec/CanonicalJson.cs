using System.Buffers;
using System.Text.Json;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>
/// Writes JSON so that two texts that say the same are the same bytes: the properties of an object in one order of their names, without white
/// space, every text without escapes and with its length before. Numbers stay as written: <c>7.20</c> is another statement than <c>7.2</c>. The
/// form is for hashing, not for reading. Not thread-safe; kept and used again.
/// </summary>
internal sealed class CanonicalJson
{
    private const int Few = 32;

    private readonly ArrayBufferWriter<byte> written = new(2_048);
    private readonly List<Property> properties = [];
    private byte[] sorted = new byte[1_024];
    private byte[] unescaped = new byte[256];

    public ReadOnlySpan<byte> Written => written.WrittenSpan;

    /// <summary>Writes one value in the place of the one before; false when it is not JSON, and then nothing written counts.</summary>
    public bool TryWrite(ReadOnlySpan<byte> utf8)
    {
        written.ResetWrittenCount();
        properties.Clear();
        var json = new Utf8JsonReader(utf8);
        try
        {
            if (!json.Read())
                return false;
            Value(ref json);
            return !json.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second: a text that is no valid UTF-8, or half a surrogate pair.
            return false;
        }
    }

    private void Value(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                Object(ref json);
                break;
            case JsonTokenType.StartArray:
                Tag((byte)'[');
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    Value(ref json);
                Tag((byte)']');
                break;
            case JsonTokenType.String:
                Tag((byte)'"');
                Text(ref json);
                break;
            case JsonTokenType.Number:
                Tag((byte)'#');
                Counted(json.ValueSpan);
                break;
            default:
                Tag(json.TokenType switch { JsonTokenType.True => (byte)'t', JsonTokenType.False => (byte)'f', _ => (byte)'n' });
                break;
        }
    }

    private void Object(ref Utf8JsonReader json)
    {
        Tag((byte)'{');
        var first = properties.Count;
        var start = written.WrittenCount;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var at = written.WrittenCount;
            Text(ref json);
            var nameEnd = written.WrittenCount;
            json.Read();
            Value(ref json);
            properties.Add(new Property(at, nameEnd, written.WrittenCount));
        }
        Sort(first, start);
        properties.RemoveRange(first, properties.Count - first);
        Tag((byte)'}');
    }

    /// <summary>Puts the properties written last in order. Most objects have few: each is put in its place among those before it.</summary>
    private void Sort(int first, int start)
    {
        if (properties.Count - first > Few)
            properties.Sort(first, properties.Count - first, Comparer<Property>.Create(Compare));
        else if (!PutInPlace(first))
            return;
        var length = written.WrittenCount - start;
        if (sorted.Length < length)
            sorted = new byte[length * 2];
        var to = 0;
        for (var index = first; index < properties.Count; index++)
        {
            var bytes = written.WrittenSpan[properties[index].Start..properties[index].End];
            bytes.CopyTo(sorted.AsSpan(to));
            to += bytes.Length;
        }
        sorted.AsSpan(0, length).CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsMemory(written.WrittenMemory).Span[start..]);
    }

    /// <summary>False when all were in order.</summary>
    private bool PutInPlace(int first)
    {
        var moved = false;
        for (var index = first + 1; index < properties.Count; index++)
        {
            var property = properties[index];
            var place = index;
            for (; place > first && Compare(properties[place - 1], property) > 0; place--)
                properties[place] = properties[place - 1];
            properties[place] = property;
            moved |= place != index;
        }
        return moved;
    }

    /// <summary>Of the same name, the one that was written first comes first.</summary>
    private int Compare(Property one, Property other)
    {
        var byName = Name(one).SequenceCompareTo(Name(other));
        return byName != 0 ? byName : one.Start.CompareTo(other.Start);
    }

    private ReadOnlySpan<byte> Name(Property property) => written.WrittenSpan[property.Start..property.NameEnd];

    private void Text(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            Counted(json.ValueSpan);
            return;
        }
        if (unescaped.Length < json.ValueSpan.Length)
            unescaped = new byte[json.ValueSpan.Length * 2];
        Counted(unescaped.AsSpan(0, json.CopyString(unescaped)));
    }

    private void Counted(ReadOnlySpan<byte> bytes)
    {
        var span = written.GetSpan(bytes.Length + 4);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(span, bytes.Length);
        bytes.CopyTo(span[4..]);
        written.Advance(bytes.Length + 4);
    }

    private void Tag(byte tag)
    {
        written.GetSpan(1)[0] = tag;
        written.Advance(1);
    }

    /// <summary>Where a property and its name stand among what is written.</summary>
    private readonly record struct Property(int Start, int NameEnd, int End);
}
