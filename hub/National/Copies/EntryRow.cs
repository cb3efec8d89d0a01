using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies;

/// <summary>One version of a fact. What says whose it is comes first, in the order of the key.</summary>
internal abstract class VersionRow
{
    public required string SourceId { get; init; }

    public required string System { get; init; }

    public required string Value { get; init; }

    /// <summary>Id of the group of categories it was copied in.</summary>
    public required string CategoryGroup { get; init; }

    /// <summary>In UTF-8: a local id is compared byte by byte on every engine, and may hold what not every engine takes for text.</summary>
    public required byte[] LocalId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public VersionState State { get; init; }

    /// <summary>Of a tombstone: that of the version before.</summary>
    public EntryCategory Category { get; init; }

    /// <summary>When it was read from its source.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>SHA-256 of envelope and canonical resource; null for a tombstone.</summary>
    public byte[]? Hash { get; init; }

    /// <summary>SHA-256 of the document's content; null when none is held.</summary>
    public byte[]? ContentHash { get; init; }

    /// <summary><see cref="Codec.EntryCodec"/>; null for a tombstone.</summary>
    public byte[]? Envelope { get; init; }

    /// <summary>The resource as it came; null for a tombstone.</summary>
    public byte[]? Resource { get; init; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public string? Code { get; init; }

    /// <summary>What to fix; null when it was not refused.</summary>
    public string? Reason { get; init; }
}

/// <summary>The last version of a fact.</summary>
internal sealed class EntryRow : VersionRow;

/// <summary>A version that another one followed. Never changed, never deleted.</summary>
internal sealed class EntryVersionRow : VersionRow;
