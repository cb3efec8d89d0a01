using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.National.Policies;

namespace DmpFederation.Hub.National.BreakGlass;

/// <summary>One break-glass ticket with its review.</summary>
internal sealed class TicketRow
{
    public required string Id { get; init; }

    public Guid PersonId { get; init; }

    public EmergencyMode Mode { get; init; }

    public required string Professional { get; init; }

    public string? Organization { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Moved forward when it is ended before its time.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>JSON list of source ids.</summary>
    public required string Sources { get; init; }

    public DateTimeOffset ReviewBy { get; init; }

    public ReviewOutcome Outcome { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public string? ReviewedBy { get; set; }

    public string? Comment { get; set; }

    public static TicketRow Of(Guid person, BreakGlassTicket ticket, DateTimeOffset reviewBy) => new()
    {
        Id = ticket.Id,
        PersonId = person,
        Mode = ticket.Mode,
        Professional = ticket.Professional,
        Organization = ticket.Organization,
        Reason = ticket.Reason,
        Since = ticket.Since,
        Until = ticket.Until,
        Sources = TextList.Write(ticket.Sources),
        ReviewBy = reviewBy,
    };

    public BreakGlassReview ToReview() => new(
        new BreakGlassTicket
        {
            Id = Id,
            Mode = Mode,
            Professional = Professional,
            Organization = Organization,
            Reason = Reason,
            Since = Since,
            Until = Until,
            Sources = TextList.Read(Sources),
        },
        new PersonId(PersonId),
        ReviewBy,
        Outcome,
        ReviewedAt,
        ReviewedBy,
        Comment);
}
