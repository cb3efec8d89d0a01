namespace DmpFederation.Hub.National.Policies;

/// <summary>A professional the person keeps out.</summary>
internal sealed class BlockRow
{
    public Guid PersonId { get; init; }

    /// <summary>PS_IdNat.</summary>
    public required string Professional { get; init; }

    public DateTimeOffset Since { get; init; }
}
