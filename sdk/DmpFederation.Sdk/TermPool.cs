using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DmpFederation.Sdk;

/// <summary>
/// Shares the strings and codings that recur in every dossier, so that reading an entry allocates little. Only terminology goes in: systems, codes,
/// displays, units, statuses, resource types; never an identifier value, a name or a free text. Bounded: a fixed number of slots, each overwritten
/// by the next term that falls on it, and no term longer than <see cref="MaxBytes"/>. Thread-safe; reading takes no lock, and a race costs at most
/// a second copy of a term.
/// </summary>
internal static class TermPool
{
    /// <summary>Longest term kept, in UTF-8 bytes. Longer ones are made anew each time.</summary>
    internal const int MaxBytes = 192;

    private const int SlotBits = 12;
    private const int Slots = 1 << SlotBits;
    private static readonly Term?[] Terms = new Term?[Slots];
    private static readonly PooledCoding?[] Codings = new PooledCoding?[Slots];

    /// <summary>The string of unescaped, valid UTF-8.</summary>
    internal static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            return Encoding.UTF8.GetString(utf8);
        var hash = Hash(utf8);
        // The highest bits: of a product only they depend on every bit of what was multiplied.
        var slot = (int)(hash >> (32 - SlotBits));
        if (Volatile.Read(ref Terms[slot]) is { } first && first.Is(utf8))
            return first.Text;
        if (Volatile.Read(ref Terms[slot ^ 1]) is { } second && second.Is(utf8))
            return second.Text;
        var made = new Term(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        // Two slots per hash; which of them an eviction hits depends on the term, so that two hot terms do not chase each other out for ever.
        Volatile.Write(ref Terms[Terms[slot] is null ? slot : slot ^ (int)((hash >> (31 - SlotBits)) & 1)], made);
        return made.Text;
    }

    /// <summary>The coding of three strings of this pool.</summary>
    internal static PooledCoding Get(string? system, string? code, string? display)
    {
        // Identity is enough: a term that was evicted meanwhile is a miss, not an error.
        var hash = (uint)RuntimeHelpers.GetHashCode(system);
        hash = BitOperations.RotateLeft(hash, 5) ^ (uint)RuntimeHelpers.GetHashCode(code);
        hash = BitOperations.RotateLeft(hash, 5) ^ (uint)RuntimeHelpers.GetHashCode(display);
        var slot = (int)((hash * 0x9E3779B1u) >> (32 - SlotBits));
        if (Volatile.Read(ref Codings[slot]) is { } found && found.Is(system, code, display))
            return found;
        var made = new PooledCoding(new Coding(system, code, display));
        if (display is null or { Length: <= MaxBytes })
            Volatile.Write(ref Codings[slot], made);
        return made;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length * Prime;
        ulong rest;
        if (utf8.Length >= sizeof(ulong))
        {
            // The last block overlaps the one before it where the length is no multiple.
            for (var at = 0; at < utf8.Length - sizeof(ulong); at += sizeof(ulong))
                hash = (BitOperations.RotateLeft(hash, 23) ^ MemoryMarshal.Read<ulong>(utf8[at..])) * Prime;
            rest = MemoryMarshal.Read<ulong>(utf8[^sizeof(ulong)..]);
        }
        else
        {
            rest = 0UL;
            foreach (var unit in utf8)
                rest = (rest << 8) | unit;
        }
        hash = (BitOperations.RotateLeft(hash, 23) ^ rest) * Prime;
        return (uint)(hash >> 32);
    }

    private sealed class Term(byte[] utf8, string text)
    {
        internal string Text => text;

        internal bool Is(ReadOnlySpan<byte> other) => other.SequenceEqual(utf8);
    }
}

/// <summary>A coding and the list that holds it alone, which is what most concepts have.</summary>
internal sealed class PooledCoding(Coding coding)
{
    internal Coding Coding => coding;

    internal IReadOnlyList<Coding> Alone { get; } = [coding];

    internal bool Is(string? system, string? code, string? display) =>
        ReferenceEquals(coding.System, system) && ReferenceEquals(coding.Code, code) && ReferenceEquals(coding.Display, display);
}
