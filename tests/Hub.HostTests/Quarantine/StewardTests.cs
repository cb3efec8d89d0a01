using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Quarantine;

/// <summary>Who may see and settle what is held.</summary>
public class StewardTests
{
    [Fact]
    public async Task An_operator_sees_and_settles_the_items_of_the_own_region_and_nothing_of_another()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        var id = (await hub.HoldAsync(1)).Single().GetProperty("id").GetString();
        var (own, other) = (hub.Steward("regionOperator", "test"), hub.Steward("regionOperator", "picardie"));

        foreach (var arguments in new[] { "", "(sourceId: \"notes\")" })
        {
            Nodes(await hub.AskAsync(own, RunningHub.QuarantineQuery(arguments))).Should().HaveCount(1);
            Nodes(await hub.AskAsync(other, RunningHub.QuarantineQuery(arguments))).Should().BeEmpty();
        }
        var discard = $"mutation {{ discardQuarantined(id: \"{id}\", reason: \"test page\") {{ state settledBy settledReason }} }}";
        Code(await hub.AskAsync(other, discard)).Should().Be("NOT_FOUND");
        var replay = await hub.AskAsync(other, $"mutation {{ replayQuarantined(ids: [\"{id}\"]) {{ results {{ sourceId state code }} }} }}");
        replay.ToString().Should().Contain("NOT_FOUND").And.NotContain("notes");
        (await hub.AskAsync(own, discard)).GetProperty("data").GetProperty("discardQuarantined").ToString()
            .Should().Contain("DISCARDED").And.Contain("the-regionOperator").And.Contain("test page");
        Code(await hub.AskAsync(own, discard)).Should().Be("CONFLICT");
    }

    [Fact]
    public async Task The_data_protection_officer_looks_and_changes_nothing_and_others_do_not_even_look()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        var id = (await hub.HoldAsync(1)).Single().GetProperty("id").GetString();
        var discard = $"mutation {{ discardQuarantined(id: \"{id}\", reason: \"no\") {{ state }} }}";

        Nodes(await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery())).Should().HaveCount(1);
        Refused(await hub.AskAsync(hub.Steward("dpo"), discard)).Should().Be(("ACCESS_REFUSED", "ACC-153"));
        Refused(await hub.AskAsync(hub.Doctor, RunningHub.QuarantineQuery())).Should().Be(("ACCESS_REFUSED", "ACC-155"));
        Refused(await hub.AskAsync(hub.Steward("analyst"), discard)).Should().Be(("ACCESS_REFUSED", "ACC-155"));
        (await hub.ItemsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_and_a_source_counts_what_it_has_held()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 5");
        await hub.HoldAsync(5);
        var seen = new List<long>();
        string? after = null;
        do
        {
            var arguments = after is null ? "(first: 2)" : $"(first: 2, after: \"{after}\")";
            var page = (await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery(arguments))).GetProperty("data").GetProperty("quarantine");
            seen.AddRange(page.GetProperty("nodes").EnumerateArray().Select(static item => long.Parse(item.GetProperty("id").GetString()!)));
            after = page.GetProperty("hasNext").GetBoolean() ? page.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        seen.Should().HaveCount(5).And.BeInDescendingOrder().And.OnlyHaveUniqueItems();
        await RunningHub.EventuallyAsync(
            async () => (await hub.AskAsync(hub.Doctor, "{ sources { id quarantined } }"))
                .GetProperty("data").GetProperty("sources")[0].GetProperty("quarantined").GetInt32() == 5,
            "five are counted");
        Code(await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery("(first: 501)"))).Should().Be("BAD_REQUEST");
        Code(await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery("(after: \"x\")"))).Should().Be("BAD_REQUEST");
        Nodes(await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery("(code: \"OTHER\")"))).Should().BeEmpty();
    }

    private static JsonElement[] Nodes(JsonElement answer) => RunningHub.Nodes(answer);

    private static string? Code(JsonElement answer) => Refused(answer).Code;

    private static (string? Code, string? Rule) Refused(JsonElement answer)
    {
        var extensions = answer.GetProperty("errors")[0].GetProperty("extensions");
        return (extensions.GetProperty("code").GetString(), extensions.TryGetProperty("rule", out var rule) ? rule.GetString() : null);
    }
}
