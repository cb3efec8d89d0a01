using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace DmpFederation.Sdk;

/// <summary>
/// Steps through the tokens of one JSON value (RFC 8259) as <see cref="Utf8JsonReader"/> does over a whole span, and takes and refuses the same
/// texts: no comments, no trailing commas, at most <see cref="MaxDepth"/> deep. It is here because every byte of every answer passes through it
/// (hub/docs/decisions/0010): without segments, states and options a token costs about half. Whether strings are valid UTF-8 is the caller's to
/// check, as it is with <see cref="Utf8JsonReader"/>.
/// </summary>
internal ref struct JsonCursor
{
    internal const int MaxDepth = 64;

    private const int EndOfText = -1;
    private const int MostFastDigits = 18; // fit a long

    private readonly ReadOnlySpan<byte> bytes;
    private int at;
    private int depth;

    // Bit n: what is open at depth n + 1 is an object, not an array.
    private ulong objects;
    private int valueStart;
    private int valueLength;

    internal JsonCursor(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Kind of the current token; <see cref="JsonTokenType.None"/> before the first.</summary>
    internal JsonTokenType TokenType { get; private set; }

    /// <summary>Where the current token starts; of a string, at its quote.</summary>
    internal int TokenStart { get; private set; }

    /// <summary>Where reading goes on, or stopped at an error.</summary>
    internal readonly int Consumed => at;

    /// <summary>Bytes of the current name, text or number, without quotes, escapes as written.</summary>
    internal readonly ReadOnlySpan<byte> ValueSpan => bytes.Slice(valueStart, valueLength);

    /// <summary>True when the current name or text contains an escape.</summary>
    internal bool ValueIsEscaped { get; private set; }

    /// <summary>False near <see cref="MaxDepth"/>, where what is not read token by token could go beyond it.</summary>
    internal readonly bool HasRoomBelow => depth < MaxDepth - 8;

    private readonly bool InObject => (objects >> (depth - 1) & 1) != 0;

    /// <summary>Moves to the next token; false after the end of the value.</summary>
    /// <exception cref="JsonException">The text is not JSON, or deeper than <see cref="MaxDepth"/>.</exception>
    internal bool Read()
    {
        var next = SkipSpace();
        switch (TokenType)
        {
            case JsonTokenType.None:
            case JsonTokenType.PropertyName:
                ReadValue(next);
                return true;
            case JsonTokenType.StartObject:
                if (next == '}')
                    Close(JsonTokenType.EndObject);
                else
                    ReadName(next);
                return true;
            case JsonTokenType.StartArray:
                if (next == ']')
                    Close(JsonTokenType.EndArray);
                else
                    ReadValue(next);
                return true;
            default:
                return ReadAfterValue(next);
        }
    }

    /// <summary>Moves to the end of the current object or array; on a name, to the end of its value. Stays on anything else.</summary>
    /// <exception cref="JsonException">As of <see cref="Read"/>.</exception>
    internal void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName)
            Read();
        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var outside = depth - 1;
        do
        {
            Read();
        }
        while (depth > outside);
    }

    /// <summary>On the bracket of a list whose bytes are known: moves to its end without reading them.</summary>
    /// <param name="length">Bytes of the list, both brackets included.</param>
    internal void EndListAfter(int length)
    {
        at = TokenStart + length - 1;
        Close(JsonTokenType.EndArray);
    }

    /// <summary>The current number; false when no decimal can hold it.</summary>
    internal readonly bool TryGetDecimal(out decimal number)
    {
        var text = ValueSpan;
        var isNegative = text[0] == '-';
        var (digits, scale, count, afterPoint) = (0L, 0, 0, false);
        foreach (var unit in isNegative ? text[1..] : text)
        {
            if (unit == '.')
            {
                afterPoint = true;
                continue;
            }
            if (!IsDigit(unit) || ++count > MostFastDigits)
                return Utf8Parser.TryParse(text, out number, out _, text.IndexOfAny((byte)'e', (byte)'E') < 0 ? default : 'e');
            digits = (digits * 10) + unit - '0';
            scale += afterPoint ? 1 : 0;
        }
        number = new decimal((int)digits, (int)(digits >> 32), 0, isNegative && digits != 0, (byte)scale);
        return true;
    }

    /// <summary>Writes the current name or text without its escapes.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidOperationException">An escape names half a surrogate pair: JSON, but no text.</exception>
    internal readonly int CopyString(Span<byte> target)
    {
        var quoted = new Utf8JsonReader(bytes.Slice(valueStart - 1, valueLength + 2));
        quoted.Read();
        return quoted.CopyString(target);
    }

    private bool ReadAfterValue(int next)
    {
        if (depth == 0)
            return next == EndOfText ? false : throw NotJson();
        if (next == ',')
        {
            at++;
            next = SkipSpace();
            if (InObject)
                ReadName(next);
            else
                ReadValue(next);
            return true;
        }
        if (next == (InObject ? '}' : ']'))
            Close(InObject ? JsonTokenType.EndObject : JsonTokenType.EndArray);
        else
            throw NotJson();
        return true;
    }

    private void ReadName(int next)
    {
        if (next != '"')
            throw NotJson();
        ReadString();
        if (SkipSpace() != ':')
            throw NotJson();
        at++;
        TokenType = JsonTokenType.PropertyName;
    }

    private void ReadValue(int next)
    {
        switch (next)
        {
            case '"':
                ReadString();
                TokenType = JsonTokenType.String;
                break;
            case '{':
                Open(JsonTokenType.StartObject);
                break;
            case '[':
                Open(JsonTokenType.StartArray);
                break;
            case 't':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case 'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case 'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            case '-':
            case >= '0' and <= '9':
                ReadNumber();
                break;
            default:
                throw NotJson();
        }
    }

    private void Open(JsonTokenType type)
    {
        if (depth == MaxDepth)
            throw NotJson();
        var bit = 1UL << depth++;
        objects = type == JsonTokenType.StartObject ? objects | bit : objects & ~bit;
        TokenStart = at++;
        TokenType = type;
        valueLength = 0;
    }

    private void Close(JsonTokenType type)
    {
        depth--;
        TokenStart = at++;
        TokenType = type;
        valueLength = 0;
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType type)
    {
        if (!bytes[at..].StartsWith(literal))
            throw NotJson();
        Keep(at + literal.Length);
        TokenType = type;
    }

    private void ReadNumber()
    {
        var end = at + (bytes[at] == '-' ? 1 : 0);
        if (end < bytes.Length && bytes[end] == '0')
            end++;
        else
            end = SkipDigits(end);
        if (end < bytes.Length && bytes[end] == '.')
            end = SkipDigits(end + 1);
        if (end < bytes.Length && (bytes[end] | 0x20) == 'e')
        {
            end++;
            if (end < bytes.Length && bytes[end] is (byte)'+' or (byte)'-')
                end++;
            end = SkipDigits(end);
        }
        // "01" is refused as a number, not as a number and one more; and inside something, a number does not end with the text.
        if (end == bytes.Length ? depth > 0 : bytes[end] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'/'))
            throw NotJson();
        Keep(end);
        TokenType = JsonTokenType.Number;
    }

    private void Keep(int end)
    {
        TokenStart = at;
        (valueStart, valueLength) = (at, end - at);
        ValueIsEscaped = false;
        at = end;
    }

    private readonly int SkipDigits(int from)
    {
        var end = from;
        while (end < bytes.Length && IsDigit(bytes[end]))
            end++;
        return end > from ? end : throw NotJson();
    }

    private void ReadString()
    {
        var start = at + 1;
        var end = EndOfPlain(start);
        ValueIsEscaped = false;
        while (end < bytes.Length && bytes[end] == '\\')
        {
            ValueIsEscaped = true;
            end = EndOfPlain(EndOfEscape(end + 1));
        }
        if (end >= bytes.Length || bytes[end] != '"')
            throw NotJson();
        TokenStart = at;
        (valueStart, valueLength) = (start, end - start);
        at = end + 1;
    }

    private readonly int EndOfEscape(int from)
    {
        if (from >= bytes.Length)
            throw NotJson();
        if (bytes[from] != 'u')
            return "\"\\/bfnrt"u8.Contains(bytes[from]) ? from + 1 : throw NotJson();
        for (var digit = from + 1; digit <= from + 4; digit++)
        {
            if (digit >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[digit]))
                throw NotJson();
        }
        return from + 5;
    }

    /// <summary>Where the first quote, backslash or control character is; the length of the text when there is none.</summary>
    private readonly int EndOfPlain(int from)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (; from <= bytes.Length - Vector128<byte>.Count; from += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref first, (nuint)from);
            var found = Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)' '));
            if (found != Vector128<byte>.Zero)
                return from + BitOperations.TrailingZeroCount(found.ExtractMostSignificantBits());
        }
        while (from < bytes.Length && bytes[from] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
            from++;
        return from;
    }

    /// <summary>The next byte that is no white space, not yet consumed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SkipSpace()
    {
        while (at < bytes.Length)
        {
            var unit = bytes[at];
            if (unit > ' ' || unit is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return unit;
            at++;
        }
        return EndOfText;
    }

    private static bool IsDigit(byte unit) => unit is >= (byte)'0' and <= (byte)'9';

    private static JsonException NotJson() => new();
}
