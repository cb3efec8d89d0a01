using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>
/// What is written beside a fact so that the server itself remembers it: the hub's id of the fact and the idempotency key as business identifiers,
/// which the server is searched by, and a digest of what was sent as a tag, which it keeps (FHIR R4, Resource.meta).
/// </summary>
internal sealed class WriteMarks
{
    /// <summary>System of the identifier that holds the idempotency key.</summary>
    public const string KeySystem = "urn:dmpfederation:idempotency-key";

    /// <summary>System of the tag that holds the digest.</summary>
    public const string DigestSystem = "urn:dmpfederation:sha256";

    /// <summary>System of an id of the hub that is neither a URI, an OID nor a UUID.</summary>
    public const string LocalIdSystem = "urn:dmpfederation:local-id";

    private const string Uris = "urn:ietf:rfc:3986";

    public WriteMarks(DossierEntry entry, string idempotencyKey)
    {
        LocalId = IdentifierOf(entry);
        Key = idempotencyKey == entry.LocalId ? null : new BusinessIdentifier(KeySystem, idempotencyKey);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{LocalId.System}|{LocalId.Value}\n"));
        digest.AppendData(entry.Resource.Span);
        Digest = Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>The hub's id of the fact.</summary>
    public BusinessIdentifier LocalId { get; }

    /// <summary>The idempotency key. Null when it is the hub's id of the fact, which says all there is to say.</summary>
    public BusinessIdentifier? Key { get; }

    /// <summary>SHA-256, lower-case hexadecimal, over <c>system|value</c> of <see cref="LocalId"/>, a line feed, and the bytes of the fact.</summary>
    public string Digest { get; }

    /// <summary>
    /// Finds what was written before under the id or under the key: one search, so that the server's check and its write are one step.
    /// </summary>
    public KeyValuePair<string, string> Search => new("identifier", Key is { } key ? $"{Token(LocalId)},{Token(key)}" : Token(LocalId));

    /// <summary>True for a resource that was written with these very marks: same id, same bytes.</summary>
    public bool AreOn(JsonElement resource) =>
        resource.Member("meta") is { } meta
        && meta.Items("tag").Any(tag => tag.Text("system") == DigestSystem && tag.Text("code") == Digest);

    private static string Token(BusinessIdentifier identifier) => PatientReferences.Token(identifier.System, identifier.Value);

    /// <summary>The identifier by which the fact itself names its id; else what the id looks like.</summary>
    private static BusinessIdentifier IdentifierOf(DossierEntry entry)
    {
        var id = entry.LocalId;
        string[] names = [id, "urn:oid:" + id, "urn:uuid:" + id];
        foreach (var identifier in entry.Identifiers)
        {
            if (identifier.System.Length > 0 && names.Contains(identifier.Value))
                return identifier;
        }
        if (id.StartsWith("urn:", StringComparison.Ordinal))
            return new BusinessIdentifier(Uris, id);
        if (Guid.TryParseExact(id, "D", out _))
            return new BusinessIdentifier(Uris, "urn:uuid:" + id);
        return IsOid(id) ? new BusinessIdentifier(Uris, "urn:oid:" + id) : new BusinessIdentifier(LocalIdSystem, id);
    }

    private static bool IsOid(string text) =>
        text.Length > 2 && text[0] is >= '0' and <= '2' && text[1] == '.'
        && text.Split('.').All(part => part.Length > 0 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'));
}
