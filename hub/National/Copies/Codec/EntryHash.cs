using System.Security.Cryptography;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>
/// Envelope and content hash of entries: SHA-256 of what the source says of the fact (<see cref="EntryCodec"/>) and of the resource in its canonical
/// form, so that a resource whose properties come in another order is the same content. Not thread-safe.
/// </summary>
internal sealed class EntryHash
{
    private readonly BlobWriter blob = new();
    private readonly CanonicalJson canonical = new();
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public (byte[] Envelope, byte[] Hash) Of(DossierEntry entry, PatientKey key)
    {
        blob.Clear();
        var said = EntryCodec.Write(entry, key, blob);
        sha.AppendData(blob.Written[..said]);
        // What is no JSON is compared byte by byte: it is refused, and kept as it is.
        sha.AppendData(canonical.TryWrite(entry.Resource.Span) ? canonical.Written : entry.Resource.Span);
        return (blob.Written.ToArray(), sha.GetHashAndReset());
    }
}
