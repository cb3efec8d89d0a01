using System.Security.Cryptography;
using System.Text;
using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.National.Copies.Codec;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>
/// What makes two deposits the same: the resource in its canonical form, so that one a software wrote anew in another order of properties is the
/// same; what was chosen with it; the content. Where it flows to is no part of what it is.
/// </summary>
internal static class DepositDigest
{
    public static byte[] Of(DepositDraft draft)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var canonical = new CanonicalJson();
        sha.AppendData(SHA256.HashData(canonical.TryWrite(draft.Resource.Span) ? canonical.Written : draft.Resource.Span));
        // Neither a label nor a uniqueId nor a media type holds a line feed.
        var chosen = string.Join(' ', draft.Confidentiality.Distinct().Order(StringComparer.Ordinal));
        sha.AppendData(Encoding.UTF8.GetBytes($"{chosen}\n{draft.Replaces}\n{draft.Content?.ContentType}\n"));
        if (draft.Content is { } content)
            sha.AppendData(content.Bytes.Span);
        return sha.GetHashAndReset();
    }
}
