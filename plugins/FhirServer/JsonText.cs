using System.Text.Json;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Forward reads over JSON bytes. Each expects the reader on a property name and leaves it at the end of that property's value.</summary>
internal static class JsonText
{
    /// <summary>The value when it is a string; else null, the value passed over.</summary>
    public static string? Next(ref Utf8JsonReader reader)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    /// <summary>Where the value lies when it is an object; else empty, the value passed over.</summary>
    public static ReadOnlyMemory<byte> NextObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed];
    }

    /// <summary>A string member of the value when that is an object.</summary>
    public static string? NextMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => NextMembers(ref reader, name, default).First;

    /// <summary>Two string members of the value when that is an object.</summary>
    public static (string? First, string? Second) NextMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        string? one = null, two = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (one, two);
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(first))
                one = Next(ref reader);
            else if (!second.IsEmpty && reader.ValueTextEquals(second))
                two = Next(ref reader);
            else
                reader.Skip();
        }
        return (one, two);
    }

    /// <summary>The bytes after a byte order mark and leading white space.</summary>
    public static ReadOnlyMemory<byte> Trimmed(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        var blank = 0;
        while (blank < utf8.Length && utf8.Span[blank] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            blank++;
        return utf8[blank..];
    }
}
