using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.BreakGlass;

/// <summary>What the data protection officer found.</summary>
internal enum ReviewOutcome
{
    Pending,
    Justified,
    Unjustified,
}

/// <summary>One break-glass access to be reviewed, or reviewed.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Person">Whose dossier; the officer learns no identifier.</param>
/// <param name="ReviewBy">Deadline.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="ReviewedAt">When; null while pending.</param>
/// <param name="ReviewedBy">Who; null while pending.</param>
/// <param name="Comment">What the officer wrote; null while pending.</param>
internal sealed record BreakGlassReview(
    BreakGlassTicket Ticket, PersonId Person, DateTimeOffset ReviewBy, ReviewOutcome Outcome, DateTimeOffset? ReviewedAt, string? ReviewedBy, string? Comment);

/// <summary>The review queue.</summary>
internal interface IBreakGlassReviews
{
    /// <summary>The queue, most urgent deadline first.</summary>
    /// <param name="outcome">Only these; null for all.</param>
    /// <param name="first">At most so many.</param>
    /// <param name="after">Ticket id of the last one seen; null for the start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PolicyUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<BreakGlassReview>> ListAsync(ReviewOutcome? outcome, int first, string? after, CancellationToken cancellationToken);

    /// <summary>Records what was found; null when there is no such ticket. A settled review is not settled again: it is given as it is.</summary>
    /// <exception cref="PolicyUnavailableException">The store cannot be used.</exception>
    Task<BreakGlassReview?> SettleAsync(string ticketId, ReviewOutcome outcome, string comment, string by, CancellationToken cancellationToken);
}

/// <summary>What patients are told.</summary>
internal interface IPatientNotices
{
    /// <summary>Newest first.</summary>
    /// <param name="key">An identifier linked to the person.</param>
    /// <param name="first">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PolicyUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<GivenNotice>> ListAsync(PatientKey key, int first, CancellationToken cancellationToken);
}

/// <summary>A notice and when it was given.</summary>
internal sealed record GivenNotice(DateTimeOffset At, Notice Notice);
