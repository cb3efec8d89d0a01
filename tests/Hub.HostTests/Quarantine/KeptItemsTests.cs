using System.Text;
using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Quarantine;

public class KeptItemsTests
{
    [Fact]
    public async Task What_cannot_be_read_is_kept_with_bytes_source_position_and_reason_and_the_dossier_says_that_it_is_missing()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");

        var dossier = await hub.DossierAsync();
        var item = (await hub.HoldAsync(1)).Single();

        dossier.GetProperty("complete").GetBoolean().Should().BeFalse();
        dossier.GetProperty("sources")[0].GetProperty("status").GetString().Should().Be("PARTIAL");
        dossier.GetProperty("sources")[0].GetProperty("reason").GetString().Should().Be("UNREADABLE");
        dossier.GetProperty("entries").GetProperty("nodes").GetArrayLength().Should().Be(1);
        Texts(item, "sourceId", "plugin", "pluginVersion", "code", "reason", "localId", "state").Should().Equal(
            "notes", "half-reader", "1.0.0", "HALF_READ", "The note is in a form this build does not know.", "note-0", "HELD");
        item.GetProperty("position").GetString().Should().Be("notes/…/note-0.txt", "the path names the patient, and an operator can reach no person");
        var shown = Path.Combine(hub.Files.Root, "note.txt");
        (await hub.RunAsync("quarantine", "show", Id(item), "--raw", shown, "--state-folder", hub.StateFolder)).Exit.Should().Be(0);
        (await File.ReadAllTextAsync(shown)).Should().Be($"NOTE 0 DE DURAND {RunningHub.Ins}");
    }

    [Fact]
    public async Task The_same_item_read_again_is_counted_and_not_kept_twice_also_after_a_restart()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        await hub.HoldAsync(1);
        await hub.StopAsync();

        await hub.StartAsync();
        (await hub.ItemsAsync()).Should().ContainSingle("a restart keeps items");
        await hub.DossierAsync();

        await RunningHub.EventuallyAsync(async () => Times((await hub.ItemsAsync()).Single()) >= 2, "it was seen twice");
        (await hub.ItemsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task An_entry_whose_resource_is_broken_JSON_is_quarantined_and_the_other_facts_are_answered()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 0, \"brokenJson\": \"true\"");

        var answer = await hub.AskAsync(
            hub.Doctor, "query($ins: INS!) { dossier(ins: $ins) { entries { nodes { fhir origins { localId } } } } }", new { ins = RunningHub.Ins });
        var item = (await hub.HoldAsync(1)).Single();

        var shown = answer.GetProperty("data").GetProperty("dossier").GetProperty("entries").GetProperty("nodes").EnumerateArray().Single();
        shown.GetProperty("origins")[0].GetProperty("localId").GetString().Should().Be("easy");
        Texts(item, "code", "localId").Should().Equal("ENTRY_NOT_JSON", "cut");
    }

    [Fact]
    public async Task Only_the_owner_of_the_hub_can_open_the_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var hub = await RunningHub.StartAsync("HalfReader");
        var item = (await hub.HoldAsync(1)).Single();
        var shown = Path.Combine(hub.Files.Root, "note.txt");
        await hub.RunAsync("quarantine", "show", Id(item), "--raw", shown, "--state-folder", hub.StateFolder);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(hub.Database).Should().Be(owner);
        File.GetUnixFileMode(shown).Should().Be(owner);
        File.GetUnixFileMode(Path.GetDirectoryName(hub.Database)!).Should().Be(owner | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Neither_log_nor_metric_nor_answer_nor_command_line_tells_whose_an_item_is_or_what_is_in_it()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 3");
        var items = await hub.HoldAsync(3);
        var national = hub.Steward("nationalOperator");
        await hub.AskAsync(national, $"mutation {{ replayQuarantined(ids: [\"{Id(items[0])}\"]) {{ results {{ code reason }} }} }}");
        await hub.AskAsync(national, $"mutation {{ discardQuarantined(id: \"{Id(items[1])}\", reason: \"twice\") {{ id }} }}");
        var said = new StringBuilder(JsonSerializer.Serialize(await hub.ItemsAsync("")));
        foreach (var command in new[] { "list", "list --json", $"show {Id(items[2])}", "replay" })
        {
            var (_, output, errors) = await hub.RunAsync([.. $"quarantine {command}".Split(' '), "--state-folder", hub.StateFolder,
                .. command == "replay" ? new[] { "--plugins", hub.Files.PluginsFile } : []]);
            said.Append(output).Append(errors);
        }
        await hub.StopAsync();

        foreach (var text in hub.Log.Lines.Select(line => line.Text).Append(said.ToString()))
            text.Should().NotContainAny(RunningHub.Ins, "DURAND", "NOTE 0");
        hub.Log.Lines.Should().Contain(line => line.Text == "Source notes gave 3 new unreadable items");
    }

    [Fact]
    public async Task The_command_line_lists_filters_shows_and_discards_beside_the_running_hub_and_without_it()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 3");
        var items = await hub.HoldAsync(3);
        async Task<string[]> ListAsync(params string[] filter) =>
            (await hub.RunAsync(["quarantine", "list", "--json", "--state-folder", hub.StateFolder, .. filter]))
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        (await ListAsync()).Should().HaveCount(3);
        (await ListAsync("--code", "HALF_READ", "--source", "notes")).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))
            .Should().HaveCount(3).And.OnlyContain(line => line.GetProperty("state").GetString() == "HELD");
        (await ListAsync("--code", "OTHER")).Should().BeEmpty();
        (await ListAsync("--state", "replayed")).Should().BeEmpty();
        (await hub.RunAsync("quarantine", "discard", Id(items[0]), "--reason", "a test page", "--state-folder", hub.StateFolder)).Exit.Should().Be(0);
        (await hub.RunAsync("quarantine", "discard", Id(items[0]), "--reason", "again", "--state-folder", hub.StateFolder)).Exit.Should().Be(1);
        await hub.StopAsync();

        (await ListAsync()).Should().HaveCount(3);
        var (exit, sheet, _) = await hub.RunAsync("quarantine", "show", Id(items[0]), "--state-folder", hub.StateFolder);
        exit.Should().Be(0);
        sheet.Should().Contain("a test page").And.Contain("DISCARDED");
        (await hub.RunAsync("quarantine", "show", "999", "--state-folder", hub.StateFolder)).Should().Be((1, "", "There is no such item.\n"));
        (await hub.RunAsync("quarantine", "list", "--state-folder", Path.Combine(hub.Files.Root, "elsewhere"))).Exit.Should().Be(0);
        Directory.Exists(Path.Combine(hub.Files.Root, "elsewhere")).Should().BeFalse("looking makes nothing");
    }

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static int Times(JsonElement item) => int.Parse(item.GetProperty("timesSeen").ToString());

    private static IEnumerable<string?> Texts(JsonElement item, params string[] names) => names.Select(name => item.GetProperty(name).GetString());
}
