namespace DmpFederation.Hub.National.BreakGlass;

/// <summary>Something a patient was told.</summary>
internal sealed class NoticeRow
{
    public long Id { get; init; }

    public Guid PersonId { get; init; }

    public DateTimeOffset GivenAt { get; init; }

    public required string Kind { get; init; }

    public required string Wording { get; init; }

    public string? TicketId { get; init; }
}
