using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqliteIdentityWorkTests() : IdentityWorkTests(new SqliteNationalHost());

public sealed class PostgreSqlIdentityWorkTests() : IdentityWorkTests(new PostgreSqlNationalHost());

/// <summary>The steward's queue: each disagreement once, however often it is met.</summary>
public abstract class IdentityWorkTests : IAsyncLifetime
{
    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;

    protected IdentityWorkTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
    }

    public async Task InitializeAsync()
    {
        await node.StartAsync();
        // Ready before a test moves the clock: making ready has a deadline.
        await node.Work.ListAsync(null, null, 1, null, default);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task A_disagreement_met_many_times_is_one_item()
    {
        node.Work.Seen([Item(), Item("lab"), Item(document: "doc-1"), Item(rule: null), Item()]);
        clock.Advance(TimeSpan.FromHours(1));
        node.Work.Seen([Item()]);

        var items = await WrittenAsync(4, clock.GetUtcNow());
        items.Select(static item => item.Id).Should().BeInDescendingOrder();
        items[^1].Should().BeEquivalentTo(Item() with { Id = items[^1].Id, FirstSeen = AChange.Morning, LastSeen = clock.GetUtcNow() });
        items[0].RuleId.Should().BeNull();
    }

    [SkippableFact]
    public async Task The_queue_is_given_by_source_state_and_page()
    {
        node.Work.Seen([Item(), Item("lab"), Item(document: "doc-1")]);
        var items = await WrittenAsync(3);
        await node.Work.SettleAsync(items[0].Id, null, IdentityWorkState.Corrected, "done", AChange.Steward, default);

        (await node.Work.ListAsync(["lab"], null, 10, null, default)).Should().ContainSingle().Which.SourceId.Should().Be("lab");
        (await node.Work.ListAsync([], null, 10, null, default)).Should().BeEmpty();
        (await node.Work.ListAsync(null, IdentityWorkState.Open, 10, null, default)).Select(static item => item.Id).Should().Equal(items[1].Id, items[2].Id);
        (await node.Work.ListAsync(null, null, 1, items[0].Id, default)).Should().ContainSingle().Which.Id.Should().Be(items[1].Id);
    }

    [SkippableFact]
    public async Task An_item_is_settled_by_those_it_is_for_and_opened_again_when_it_is_met_later()
    {
        node.Work.Seen([Item()]);
        var id = (await WrittenAsync(1))[0].Id;
        clock.Advance(TimeSpan.FromMinutes(1));
        (await node.Work.SettleAsync(id, ["lab"], IdentityWorkState.Dismissed, "no", AChange.Steward, default)).Should().BeNull();
        var settled = await node.Work.SettleAsync(id, ["dp"], IdentityWorkState.AnotherPerson, "told them", AChange.Steward, default);
        settled.Should().BeEquivalentTo(new
        {
            State = IdentityWorkState.AnotherPerson,
            SettledBy = AChange.Steward,
            SettledAt = (DateTimeOffset?)clock.GetUtcNow(),
            Comment = "told them",
        });

        clock.Advance(TimeSpan.FromSeconds(1));
        node.Work.Seen([Item()]);

        (await WrittenAsync(1, clock.GetUtcNow()))[0].Should().BeEquivalentTo(new
        {
            Id = id,
            State = IdentityWorkState.Open,
            SettledBy = (string?)null,
            SettledAt = (DateTimeOffset?)null,
        });
    }

    [SkippableFact]
    public async Task What_waits_is_written_down_when_the_hub_stops()
    {
        node.Work.Seen([.. Enumerable.Range(0, 600).Select(number => Item(document: $"doc-{number}"))]);
        await node.StopAsync();

        (await host.Open(clock).Work.ListAsync(null, null, 1_000, null, default)).Should().HaveCount(600);
    }

    [SkippableFact]
    public async Task What_does_not_fit_is_not_waited_for_and_is_met_again()
    {
        host.Settings["Identity:MaxWaitingWork"] = "2";
        // Nobody writes there yet.
        var full = host.Open(clock);
        full.Work.Seen([.. Enumerable.Range(0, 5).Select(number => Item(document: $"doc-{number}"))]);
        await full.StartAsync();
        await WrittenAsync(2);

        full.Work.Seen([Item(document: "doc-3")]);

        await WrittenAsync(3);
    }

    [SkippableFact]
    public async Task Two_nodes_that_meet_the_same_at_once_make_one_item()
    {
        var other = host.Open(clock);
        await other.StartAsync();
        IReadOnlyList<IdentityWorkItem> met = [.. Enumerable.Range(0, 100).Select(number => Item(document: $"doc-{number}"))];
        node.Work.Seen(met);
        other.Work.Seen(met);
        await node.StopAsync();
        await other.StopAsync();

        (await node.Work.ListAsync(null, null, 1_000, null, default)).Should().HaveCount(100);
    }

    private IdentityWorkItem Item(string source = "dp", string? document = null, string? rule = "IDV-20") => new()
    {
        Id = 0,
        SourceId = source,
        Patient = AChange.Keys()[0],
        DocumentLocalId = document,
        RuleId = rule,
        Differences = [new TraitDifference(IdentityTrait.BirthDate, "IDV-20"), new TraitDifference(IdentityTrait.Sex, "IDV-30")],
        FirstSeen = clock.GetUtcNow(),
        LastSeen = clock.GetUtcNow(),
    };

    /// <summary>The queue once so many items stand in it and the first one was last seen then.</summary>
    private async Task<IReadOnlyList<IdentityWorkItem>> WrittenAsync(int count, DateTimeOffset? lastSeen = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var items = await node.Work.ListAsync(null, null, 1_000, null, patience.Token);
            if (items.Count >= count && (lastSeen is null || items[^1].LastSeen == lastSeen))
            {
                items.Should().HaveCount(count);
                return items;
            }
            await Task.Delay(10, patience.Token);
        }
    }
}
