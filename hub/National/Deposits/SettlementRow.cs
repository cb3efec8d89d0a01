namespace DmpFederation.Hub.National.Deposits;

/// <summary>A person looked at what both sides had changed. Never changed, never deleted.</summary>
internal sealed class SettlementRow
{
    /// <summary>The delivery by which the fact came to the legacy.</summary>
    public long DeliveryId { get; init; }

    /// <summary>The version of the legacy's copy that was looked at; a later one is open again.</summary>
    public int Version { get; init; }

    public DateTimeOffset SettledAt { get; init; }

    public required string SettledBy { get; init; }

    /// <summary>In the actor's words, never about a person.</summary>
    public string? Reason { get; init; }
}
