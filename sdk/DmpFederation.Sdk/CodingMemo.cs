using System.Buffers.Binary;
using System.Numerics;

namespace DmpFederation.Sdk;

/// <summary>
/// Remembers what the bytes of a <c>coding</c> list meant, since a dossier repeats few of them many times: the same bytes need not be read token
/// by token again. Holds what <see cref="TermPool"/> holds and nothing else: terminology, never a text beside a coding. Bounded: a fixed number of
/// slots, each overwritten by the next list that falls on it. Thread-safe without a lock: an entry is immutable, and a race costs one reading.
/// </summary>
internal static class CodingMemo
{
    private const int MaxBytes = 384;

    /// <summary>Where the first code stands tells most lists apart; a list that writes it further behind is not remembered.</summary>
    private const int MostBeforeCode = 160;
    private const int HashedFromName = 16;

    private const int SlotBits = 10;
    private static readonly KnownCodings?[] Slots = new KnownCodings?[1 << SlotBits];

    /// <summary>What the list means that these bytes start with; null when it is not known.</summary>
    internal static KnownCodings? Find(ReadOnlySpan<byte> utf8) =>
        Slot(utf8) is var slot and >= 0 && Volatile.Read(ref Slots[slot]) is { } known && utf8.StartsWith(known.Utf8) ? known : null;

    /// <summary>Keeps what a whole list means.</summary>
    internal static void Keep(ReadOnlySpan<byte> list, IReadOnlyList<Coding> codings, Coding chosen)
    {
        if (list.Length > MaxBytes || Slot(list) is not (>= 0 and var slot))
            return;
        for (var index = 0; index < codings.Count; index++)
        {
            if (codings[index].Display is { Length: > TermPool.MaxBytes })
                return;
        }
        Volatile.Write(ref Slots[slot], new KnownCodings(list.ToArray(), codings, chosen));
    }

    // Of the eight bytes before the first code and its own first eight; negative when there is none near.
    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var name = utf8[..Math.Min(utf8.Length, MostBeforeCode)].IndexOf("\"code\":\""u8);
        if (name < sizeof(ulong) || name + HashedFromName > utf8.Length)
            return -1;
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(utf8[(name - sizeof(ulong))..]) * Prime;
        hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8[(name + HashedFromName - sizeof(ulong))..])) * Prime;
        return (int)((hash ^ (hash >> 29)) * Prime >> (64 - SlotBits));
    }
}

/// <summary>The bytes of one <c>coding</c> list and what they mean.</summary>
internal sealed class KnownCodings(byte[] utf8, IReadOnlyList<Coding> codings, Coding chosen)
{
    internal ReadOnlySpan<byte> Utf8 => utf8;

    internal IReadOnlyList<Coding> Codings => codings;

    internal Coding Chosen => chosen;
}
