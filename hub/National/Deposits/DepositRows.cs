using DmpFederation.Hub.Deposits;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>One deposit. Nothing of it changes but that another one replaced it.</summary>
internal sealed class DepositRow
{
    public required string UniqueId { get; init; }

    /// <summary>System of the INS it was made under. The seam for encrypting identifiers is the conversion of <see cref="Value"/>.</summary>
    public required string System { get; init; }

    public required string Value { get; init; }

    public EntryCategory Category { get; init; }

    /// <summary>SHA-256 of what was sent (<see cref="DepositDigest"/>).</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The resource as it is given.</summary>
    public required byte[] Resource { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>PS_IdNat.</summary>
    public required string DepositedBy { get; init; }

    public required string Profession { get; init; }

    public string? Organization { get; init; }

    /// <summary>UniqueId of the deposit it corrects.</summary>
    public string? Replaces { get; init; }

    /// <summary>UniqueId of the deposit that corrects it: then it is kept and no longer given.</summary>
    public string? ReplacedBy { get; init; }
}

/// <summary>Content of a deposited document.</summary>
internal sealed class DepositContentRow
{
    public required string UniqueId { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Bytes { get; init; }
}

/// <summary>One line from a deposit to a legacy system.</summary>
internal sealed class DeliveryRow
{
    public long Id { get; init; }

    public required string UniqueId { get; init; }

    public required string SourceId { get; init; }

    public DeliveryState State { get; init; }

    public string? Code { get; init; }

    /// <summary>Local id at the source; null unless it was delivered.</summary>
    public string? LocalId { get; init; }

    public int Attempts { get; init; }

    /// <summary>Not tried before.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Grows with every claim: who has an older one has lost it.</summary>
    public long Claim { get; init; }

    /// <summary>Nobody else claims it before.</summary>
    public DateTimeOffset ClaimedUntil { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}
