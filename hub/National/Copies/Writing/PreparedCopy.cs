using System.Security.Cryptography;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.National.Copies.Codec;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>A copy with everything worked out that needs no database: envelopes, hashes, and what the intake says of facts that may be new.</summary>
internal sealed class PreparedCopy
{
    private PreparedCopy(PatientCopy copy) => (Copy, Statements) = (copy, StatementCodec.Write(copy));

    public PatientCopy Copy { get; }

    public byte[] Statements { get; }

    public List<PreparedFact> Facts { get; } = [];

    /// <exception cref="ArgumentException">A local id comes twice: which of the two is meant nobody knows.</exception>
    public static PreparedCopy Of(PatientCopy copy)
    {
        var prepared = new PreparedCopy(copy);
        var hash = new EntryHash();
        var seen = new HashSet<string>(copy.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in copy.Entries)
        {
            var localId = Encoding.UTF8.GetBytes(entry.LocalId);
            var id = entry.LocalId.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(localId) : entry.LocalId;
            if (!seen.Add(id))
                throw new ArgumentException("A copy holds a local id twice.", nameof(copy));
            var (envelope, content) = hash.Of(entry, copy.Key);
            var document = copy.Contents.GetValueOrDefault(entry.LocalId);
            prepared.Facts.Add(new PreparedFact(entry, envelope, content)
            {
                Id = id,
                LocalId = localId,
                Content = document,
                ContentHash = document is null ? null : SHA256.HashData(document.Bytes.Span),
            });
        }
        return prepared;
    }

    /// <summary>Asks the intake about facts that are not held as they are.</summary>
    public void Check(HeldState? held, IIntakeCheck intake)
    {
        foreach (var fact in Facts)
        {
            if (!fact.IsChecked && !fact.IsHeldAs(held?.Facts.GetValueOrDefault(fact.Id)))
                fact.Check(intake);
        }
    }
}

/// <summary>One fact of a copy.</summary>
/// <param name="entry">The fact.</param>
/// <param name="envelope">Its envelope.</param>
/// <param name="hash">Its content hash.</param>
internal sealed class PreparedFact(DossierEntry entry, byte[] envelope, byte[] hash)
{
    public DossierEntry Entry { get; } = entry;

    public byte[] Envelope { get; } = envelope;

    public byte[] Hash { get; } = hash;

    /// <summary>The local id as it is read back: half a surrogate pair does not survive.</summary>
    public required string Id { get; init; }

    public required byte[] LocalId { get; init; }

    public ContentCopy? Content { get; init; }

    public byte[]? ContentHash { get; init; }

    public bool IsChecked { get; private set; }

    /// <summary>Null when it is valid.</summary>
    public IntakeFault? Fault { get; private set; }

    public void Check(IIntakeCheck intake) => (Fault, IsChecked) = (intake.Check(Entry.Resource.Span), true);

    /// <summary>
    /// Held as it is, so that there is nothing to do. One that was refused is looked at again whenever its source says it again: what refused it may
    /// have been mended. A document whose content was not read this time keeps the one that is held.
    /// </summary>
    public bool IsHeldAs(HeldFact? held) =>
        held is { State: VersionState.Held } && IsSameAs(held);

    /// <summary>It was refused before for the same reason.</summary>
    public bool IsRefusedAs(HeldFact? held) => held is { State: VersionState.Refused } && held.Fault == Fault && IsSameAs(held);

    private bool IsSameAs(HeldFact held) =>
        held.Hash.AsSpan().SequenceEqual(Hash) && (ContentHash is null || held.ContentHash.AsSpan().SequenceEqual(ContentHash));
}
