namespace DmpFederation.Hub.Quarantine;

/// <summary>What became of an item.</summary>
internal enum QuarantineState
{
    /// <summary>Kept until its plug-in can read it.</summary>
    Held,

    /// <summary>Read by a later build of its plug-in.</summary>
    Replayed,

    /// <summary>Given up by an operator.</summary>
    Discarded,
}

/// <summary>
/// Something a source holds that could not be read or mapped. The same item (source, patient, local id or else position, bytes) seen again is
/// counted, not kept twice. Texts are as the plug-in gave them: what an operator sees goes through <see cref="ShownText"/>.
/// </summary>
internal sealed class QuarantinedItem
{
    /// <summary>Grows with each new item, so that newest first is by id.</summary>
    public long Id { get; set; }

    public required string SourceId { get; set; }

    /// <summary>Plug-in that last failed on it.</summary>
    public required string PluginId { get; set; }

    /// <summary>Version that last failed on it; null when it was not known.</summary>
    public string? PluginVersion { get; set; }

    /// <summary>Stable upper-case code of the last failure.</summary>
    public required string Code { get; set; }

    /// <summary>What to fix, as the plug-in says.</summary>
    public required string Reason { get; set; }

    /// <summary>Where in the source it was; null when the whole item.</summary>
    public string? Position { get; set; }

    /// <summary>Local id within the source; null when unknown.</summary>
    public string? LocalId { get; set; }

    /// <summary>System of the key it was filed under; null when that could not be read either.</summary>
    public string? PatientSystem { get; set; }

    /// <summary>Value of the key it was filed under. Needed to replay; shown to nobody, never logged.</summary>
    public string? PatientValue { get; set; }

    /// <summary>Hash of what makes it the same item.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>SHA-256 of all its bytes, those beyond the bound included.</summary>
    public required string Sha256 { get; set; }

    /// <summary>Length of the item in bytes.</summary>
    public long Length { get; set; }

    /// <summary>Bytes kept of it: fewer than <see cref="Length"/> when it was larger than the bound, or when they were erased.</summary>
    public int StoredLength { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public long TimesSeen { get; set; }

    public QuarantineState State { get; set; }

    /// <summary>When it was replayed or discarded; null while it is held.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Who replayed or discarded it.</summary>
    public string? SettledBy { get; set; }

    /// <summary>Why it was discarded.</summary>
    public string? SettledReason { get; set; }

    /// <summary>Entries that came out when it was replayed.</summary>
    public int? ReplayedEntries { get; set; }

    /// <summary>Last replay that failed; null when none did.</summary>
    public DateTimeOffset? LastReplay { get; set; }

    /// <summary>Its bytes; loaded only where they are asked for.</summary>
    public QuarantinedBytes? Raw { get; set; }

    /// <summary>Names neither patient nor content.</summary>
    public override string ToString() => $"QuarantinedItem({Id})";
}

/// <summary>The bytes of an item, in a table of their own so that no list loads them.</summary>
internal sealed class QuarantinedBytes
{
    public long ItemId { get; set; }

    public required byte[] Bytes { get; set; }
}

/// <summary>What a source had beyond its quota.</summary>
internal sealed class QuotaRefusals
{
    public required string SourceId { get; set; }

    /// <summary>Times an item was not kept because the quota was full. An item read again counts again.</summary>
    public long Count { get; set; }

    public DateTimeOffset Last { get; set; }
}
