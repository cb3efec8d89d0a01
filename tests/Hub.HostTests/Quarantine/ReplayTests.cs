using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Quarantine;

public class ReplayTests
{
    private const string Result = "{ hasMore results { id sourceId state entries code reason } }";

    [Fact]
    public async Task After_a_fix_of_the_plug_in_a_replay_reads_the_item_and_the_next_dossier_is_whole()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        var item = (await hub.HoldAsync(1)).Single();
        await InstallFixAsync(hub);

        var result = (await ReplayAsync(hub, $"(ids: [\"{item.GetProperty("id").GetString()}\"])")).Single();
        var dossier = await hub.DossierAsync();

        result.GetProperty("state").GetString().Should().Be("REPLAYED");
        result.GetProperty("entries").GetInt32().Should().Be(1);
        dossier.GetProperty("complete").GetBoolean().Should().BeTrue();
        dossier.GetProperty("entries").GetProperty("nodes").GetArrayLength().Should().Be(2);
        (await hub.ItemsAsync()).Should().BeEmpty();
        var settled = (await hub.ItemsAsync("(state: REPLAYED)")).Single();
        settled.GetProperty("pluginVersion").GetString().Should().Be("1.1.0");
        settled.GetProperty("settledBy").GetString().Should().Be("the-nationalOperator");
        settled.GetProperty("replayedEntries").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Without_a_fix_the_item_stays_held_with_the_reason_of_the_present_build()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        await hub.HoldAsync(1);

        var result = (await ReplayAsync(hub, "(sourceId: \"notes\")")).Single();

        result.GetProperty("state").GetString().Should().Be("HELD");
        result.GetProperty("code").GetString().Should().Be("HALF_READ");
        (await hub.ItemsAsync()).Single().GetProperty("lastReplay").ValueKind.Should().Be(JsonValueKind.String);
    }

    [Fact]
    public async Task The_command_line_replays_with_the_plug_ins_as_they_are_now_whether_or_not_the_hub_runs()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 2");
        await hub.HoldAsync(2);
        await hub.StopAsync();
        string[] replay =
            ["quarantine", "replay", "--source", "notes", "--state-folder", hub.StateFolder, "--plugins", hub.Files.PluginsFile, "--json"];

        var before = await hub.RunAsync(replay);
        hub.Files.Install("HalfReaderFixed", "HalfReader");
        var after = await hub.RunAsync(replay);
        var nothing = await hub.RunAsync(replay);

        before.Exit.Should().Be(1);
        Lines(before.Output).Should().HaveCount(2).And.OnlyContain(line => line.GetProperty("code").GetString() == "HALF_READ");
        after.Exit.Should().Be(0, after.Output + after.Errors);
        Lines(after.Output).Should().HaveCount(2).And.OnlyContain(line => line.GetProperty("state").GetString() == "REPLAYED");
        nothing.Should().Be((0, "", ""));
    }

    [Fact]
    public async Task An_item_that_a_later_read_meets_again_after_its_replay_is_held_again()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        await hub.HoldAsync(1);
        await InstallFixAsync(hub);
        await ReplayAsync(hub, "(sourceId: \"notes\")");
        hub.Files.Install("HalfReader");
        await VersionAsync(hub, "1.0.0");

        (await hub.HoldAsync(1)).Single().GetProperty("pluginVersion").GetString().Should().Be("1.0.0");
    }

    [Theory]
    [InlineData("", "BAD_REQUEST")]
    [InlineData("(ids: [])", "BAD_REQUEST")]
    [InlineData("(ids: [\"first\"])", "BAD_REQUEST")]
    public async Task A_replay_names_what_it_is_about(string arguments, string code)
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 0");
        var answer = await hub.AskAsync(hub.Steward("nationalOperator"), $"mutation {{ replayQuarantined{arguments} {Result} }}");

        answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString().Should().Be(code);
    }

    private static async Task<JsonElement[]> ReplayAsync(RunningHub hub, string arguments)
    {
        var answer = await hub.AskAsync(hub.Steward("nationalOperator"), $"mutation {{ replayQuarantined{arguments} {Result} }}");
        return [.. answer.GetProperty("data").GetProperty("replayQuarantined").GetProperty("results").EnumerateArray()];
    }

    private static Task InstallFixAsync(RunningHub hub)
    {
        hub.Files.Install("HalfReaderFixed", "HalfReader");
        return VersionAsync(hub, "1.1.0");
    }

    private static Task VersionAsync(RunningHub hub, string version) => RunningHub.EventuallyAsync(
        async () => (await hub.AskAsync(hub.Doctor, "{ source(id: \"notes\") { pluginVersion } }"))
            .GetProperty("data").GetProperty("source").GetProperty("pluginVersion").GetString() == version,
        $"build {version} is loaded");

    private static List<JsonElement> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];
}
