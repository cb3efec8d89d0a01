using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.National.Engine;
using Microsoft.EntityFrameworkCore;

namespace DmpFederation.Hub.National.BreakGlass;

/// <summary>The review queue, on EF Core.</summary>
internal sealed class BreakGlassReviews(NationalStore store, TimeProvider clock) : IBreakGlassReviews
{
    public async Task<IReadOnlyList<BreakGlassReview>> ListAsync(ReviewOutcome? outcome, int first, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return await StoreBorder.Policies.ReadAsync<IReadOnlyList<BreakGlassReview>>(
            store,
            async db =>
            {
                var tickets = db.Tickets.AsNoTracking();
                if (outcome is { } only)
                    tickets = tickets.Where(ticket => ticket.Outcome == only);
                if (after is not null && await db.Tickets.AsNoTracking().FirstOrDefaultAsync(ticket => ticket.Id == after, cancellationToken) is { } last)
                {
                    tickets = tickets.Where(ticket => ticket.ReviewBy > last.ReviewBy
                        || (ticket.ReviewBy == last.ReviewBy && string.Compare(ticket.Id, last.Id) > 0));
                }
                var page = await tickets.OrderBy(static ticket => ticket.ReviewBy).ThenBy(static ticket => ticket.Id).Take(first)
                    .ToListAsync(cancellationToken);
                return page.ConvertAll(static ticket => ticket.ToReview());
            },
            cancellationToken);
    }

    public async Task<BreakGlassReview?> SettleAsync(
        string ticketId, ReviewOutcome outcome, string comment, string by, CancellationToken cancellationToken)
    {
        if (outcome == ReviewOutcome.Pending)
            throw new ArgumentOutOfRangeException(nameof(outcome), "A review is settled as justified or as unjustified.");
        return await StoreBorder.Policies.WriteAsync(
            store,
            async db =>
            {
                var now = clock.GetUtcNow();
                // In one statement: of two officers at the same time the first counts.
                await db.Tickets.Where(ticket => ticket.Id == ticketId && ticket.Outcome == ReviewOutcome.Pending).ExecuteUpdateAsync(
                    set => set.SetProperty(static ticket => ticket.Outcome, outcome)
                        .SetProperty(static ticket => ticket.ReviewedAt, now)
                        .SetProperty(static ticket => ticket.ReviewedBy, by)
                        .SetProperty(static ticket => ticket.Comment, comment),
                    cancellationToken);
                var settled = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(ticket => ticket.Id == ticketId, cancellationToken);
                return settled?.ToReview();
            },
            cancellationToken);
    }
}
