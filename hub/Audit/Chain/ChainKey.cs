using System.Security.Cryptography;
using System.Text;

namespace DmpFederation.Hub.Audit.Chain;

/// <summary>
/// A secret that whoever has the database alone does not have: with it lines are sealed, so that nobody else can seal an altered one. Each kind of
/// seal has its own first word, so that one is never taken for another.
/// </summary>
internal sealed class ChainKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a seal.</summary>
    public const int HashLength = HMACSHA256.HashSizeInBytes;

    private const int IdLength = 8;

    private readonly byte[] secret;

    public ChainKey(byte[] secret)
    {
        this.secret = secret;
        Id = Convert.ToHexStringLower(Seal("key", "", 0, []), 0, IdLength);
    }

    /// <summary>Names the key without telling anything of it.</summary>
    public string Id { get; }

    /// <summary>Name of the chain a node writes under this key: another key is another chain.</summary>
    public string ChainOf(string node) => Convert.ToHexStringLower(Seal("chain", node, 0, []), 0, IdLength);

    /// <summary>What stands before the first line of a chain.</summary>
    public byte[] Beginning(string chain) => Seal("beginning", chain, 0, []);

    /// <summary>Seals where a chain ends.</summary>
    public byte[] Head(string chain, long seq, ReadOnlySpan<byte> hash) => Seal("head", chain, seq, hash);

    /// <summary>Seals where the kept part of a chain begins.</summary>
    public byte[] Checkpoint(string chain, long seq, ReadOnlySpan<byte> hash) => Seal("checkpoint", chain, seq, hash);

    /// <summary>Seals a line's canonical bytes.</summary>
    public byte[] Line(ReadOnlySpan<byte> canonical) => HMACSHA256.HashData(secret, canonical);

    public bool IsLine(ReadOnlySpan<byte> canonical, ReadOnlySpan<byte> hash)
    {
        Span<byte> right = stackalloc byte[HashLength];
        HMACSHA256.HashData(secret, canonical, right);
        return CryptographicOperations.FixedTimeEquals(right, hash);
    }

    private byte[] Seal(string kind, string name, long seq, ReadOnlySpan<byte> hash)
    {
        var text = FormattableString.Invariant($"dmpfed-audit-{kind}\n{name}\n{seq}\n{Convert.ToHexStringLower(hash)}");
        return HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
    }
}
