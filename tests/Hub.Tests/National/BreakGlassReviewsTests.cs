using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqliteBreakGlassReviewsTests() : BreakGlassReviewsTests(new SqliteNationalHost());

public sealed class PostgreSqlBreakGlassReviewsTests() : BreakGlassReviewsTests(new PostgreSqlNationalHost());

/// <summary>The review queue and the notices to patients.</summary>
public abstract class BreakGlassReviewsTests : IAsyncLifetime
{
    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;

    protected BreakGlassReviewsTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
    }

    public async Task InitializeAsync()
    {
        await node.ApplyAsync(AChange.Ticket("late", reviewBy: AChange.Morning.AddDays(9)), person: 1);
        await node.ApplyAsync(AChange.Ticket("urgent", reviewBy: AChange.Morning.AddDays(1)), person: 2);
        await node.ApplyAsync(AChange.Ticket("urgent-too", reviewBy: AChange.Morning.AddDays(1)), person: 1);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task The_most_urgent_deadline_comes_first_page_by_page()
    {
        var all = await node.Reviews.ListAsync(null, 10, null, default);
        var first = await node.Reviews.ListAsync(ReviewOutcome.Pending, 2, null, default);
        var rest = await node.Reviews.ListAsync(ReviewOutcome.Pending, 2, first[^1].Ticket.Id, default);

        all.Select(static review => review.Ticket.Id).Should().Equal("urgent", "urgent-too", "late");
        first.Concat(rest).Should().BeEquivalentTo(all, static options => options.WithStrictOrdering());
        all[0].Should().BeEquivalentTo(
            new BreakGlassReview(AChange.Ticket("urgent").Ticket, (await node.FindAsync(2)).Person!.Value, AChange.Morning.AddDays(1), ReviewOutcome.Pending, null, null, null));
    }

    [SkippableFact]
    public async Task A_review_is_settled_once()
    {
        var settled = await node.Reviews.SettleAsync("urgent", ReviewOutcome.Unjustified, "not in danger", "dpo-1", default);
        clock.Advance(TimeSpan.FromDays(1));
        var again = await node.Reviews.SettleAsync("urgent", ReviewOutcome.Justified, "changed my mind", "dpo-2", default);

        settled.Should().BeEquivalentTo(new
        {
            Outcome = ReviewOutcome.Unjustified,
            Comment = "not in danger",
            ReviewedBy = "dpo-1",
            ReviewedAt = (DateTimeOffset?)AChange.Morning,
        });
        again.Should().BeEquivalentTo(settled);
        (await node.Reviews.SettleAsync("no-such", ReviewOutcome.Justified, "", "dpo-1", default)).Should().BeNull();
        (await node.Reviews.ListAsync(ReviewOutcome.Pending, 10, null, default)).Should().HaveCount(2);
        (await node.Reviews.ListAsync(ReviewOutcome.Unjustified, 10, null, default)).Should().ContainSingle();
        var pending = () => node.Reviews.SettleAsync("late", ReviewOutcome.Pending, "", "dpo-1", default);
        await pending.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [SkippableFact]
    public async Task A_patient_is_given_the_own_notices_newest_first()
    {
        var notices = await node.Notices.ListAsync(AChange.Keys(1)[1], 10, default);

        notices.Select(static notice => notice.Notice.TicketId).Should().Equal("urgent-too", "late");
        (await node.Notices.ListAsync(AChange.Keys(1)[1], 1, default)).Should().Equal(notices[0]);
        (await node.Notices.ListAsync(AChange.Keys(3)[0], 10, default)).Should().BeEmpty();
    }
}
