using System.Buffers;
using System.Security.Cryptography;

namespace DmpFederation.Hub.Audit;

/// <summary>
/// The facts a line discloses: their ids, 16 bytes each, or over <see cref="MostIds"/> how many and the SHA-256 of the ids in order, which tells
/// whether a given list is the one.
/// </summary>
internal sealed class AuditedEntries
{
    /// <summary>Most ids a line keeps one by one.</summary>
    public const int MostIds = 1_000;

    /// <summary>Bytes of an id.</summary>
    public const int IdLength = 16;

    private AuditedEntries(int count, byte[]? ids, byte[]? digest) => (Count, Ids, Digest) = (count, ids, digest);

    public static AuditedEntries None { get; } = new(0, null, null);

    public int Count { get; }

    /// <summary>Null when there are none, or too many.</summary>
    public byte[]? Ids { get; }

    /// <summary>Null unless there are too many.</summary>
    public byte[]? Digest { get; }

    /// <param name="ids">Public entry ids, 32 hexadecimal digits, each once.</param>
    /// <exception cref="ArgumentException">One is not such an id.</exception>
    public static AuditedEntries Of(IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
            return None;
        var bytes = new byte[ids.Count * IdLength];
        var at = 0;
        foreach (var id in ids)
        {
            if (Convert.FromHexString(id, bytes.AsSpan(at, IdLength), out var read, out var written) != OperationStatus.Done
                || read != id.Length || written != IdLength)
                throw new ArgumentException("An entry id has 32 hexadecimal digits.", nameof(ids));
            at += IdLength;
        }
        return ids.Count > MostIds ? new AuditedEntries(ids.Count, null, SHA256.HashData(bytes)) : new AuditedEntries(ids.Count, bytes, null);
    }

    /// <summary>Kept ids in print.</summary>
    public static IReadOnlyList<string> Print(byte[]? ids)
    {
        if (ids is null)
            return [];
        var printed = new string[ids.Length / IdLength];
        for (var index = 0; index < printed.Length; index++)
            printed[index] = Convert.ToHexStringLower(ids, index * IdLength, IdLength);
        return printed;
    }
}
