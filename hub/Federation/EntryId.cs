using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace DmpFederation.Hub.Federation;

/// <summary>
/// Public id of a source's fact: XXH128 of the source id, the byte 0x1F and the local id, in UTF-8. It stays the same through merging and
/// migration, so that masks, links and audit lines keep pointing at the fact. It is not a secret and proves nothing
/// (docs/decisions/0004-entry-id-is-xxh128.md).
/// </summary>
internal static class EntryId
{
    private const byte Separator = 0x1F;

    /// <summary>The id in print: 32 lower-case hexadecimal digits, whose ordinal order is the order of the numbers.</summary>
    public static string Of(string sourceId, string localId) => Print(Hash(sourceId, localId));

    public static UInt128 Hash(string sourceId, string localId)
    {
        var most = Encoding.UTF8.GetMaxByteCount(sourceId.Length + localId.Length) + 1;
        byte[]? rented = null;
        var bytes = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(sourceId, bytes);
        bytes[length++] = Separator;
        length += Encoding.UTF8.GetBytes(localId, bytes[length..]);
        var hash = XxHash128.HashToUInt128(bytes[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    public static string Print(UInt128 hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return Convert.ToHexStringLower(bytes);
    }
}
