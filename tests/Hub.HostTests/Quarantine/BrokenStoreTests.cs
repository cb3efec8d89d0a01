using FluentAssertions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DmpFederation.Hub.HostTests.Quarantine;

/// <summary>Dossiers are read whatever the state of the quarantine.</summary>
public class BrokenStoreTests
{
    [Fact]
    public async Task With_a_damaged_file_dossiers_are_read_and_health_log_and_counts_say_so_and_a_mended_one_is_used_without_a_restart()
    {
        await using var hub = new RunningHub();
        Directory.CreateDirectory(Path.GetDirectoryName(hub.Database)!);
        await File.WriteAllTextAsync(hub.Database, string.Concat(Enumerable.Repeat("this is no database ", 500)));
        await StartAsync(hub);

        await AnswersPartiallyAsync(hub);
        await RunningHub.EventuallyAsync(async () => (await hub.ReadyAsync()).Contains("Degraded\nquarantine: "), "health says so");
        (await hub.ReadyAsync()).Should().Contain("DAMAGED");
        hub.Log.Lines.Should().Contain(line => line.Level == LogLevel.Error && line.Text.Contains("(DAMAGED)"));
        (await hub.AskAsync(hub.Doctor, "{ source(id: \"notes\") { quarantined } }")).ToString().Should().Contain("QUARANTINE_UNAVAILABLE");
        (await hub.AskAsync(hub.Steward("dpo"), RunningHub.QuarantineQuery())).ToString().Should().Contain("QUARANTINE_UNAVAILABLE");
        var listed = await hub.RunAsync("quarantine", "list", "--state-folder", hub.StateFolder);
        listed.Should().Be((1, "", "The quarantine cannot be used: DAMAGED.\n"));

        File.Delete(hub.Database);
        await hub.HoldAsync(1);
        (await hub.ReadyAsync()).Should().Be("Healthy");
    }

    [Fact]
    public async Task With_a_store_that_can_only_be_read_dossiers_and_lists_are_answered_and_nothing_is_pretended_to_be_kept()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        await hub.HoldAsync(1);
        await hub.StopAsync();
        MakeReadOnly(hub.Database);

        await hub.StartAsync();

        await AnswersPartiallyAsync(hub);
        await RunningHub.EventuallyAsync(async () => (await hub.ReadyAsync()).Contains("READ_ONLY"), "health says so");
        (await hub.ItemsAsync()).Should().ContainSingle().Which.GetProperty("timesSeen").ToString().Should().NotBe("0");
        var discard = "mutation { discardQuarantined(id: \"1\", reason: \"no\") { state } }";
        (await hub.AskAsync(hub.Steward("nationalOperator"), discard)).ToString().Should().Contain("QUARANTINE_UNAVAILABLE").And.Contain("READ_ONLY");
    }

    [Fact]
    public async Task With_no_place_to_write_to_the_hub_starts_and_answers()
    {
        await using var hub = new RunningHub();
        Directory.CreateDirectory(hub.StateFolder);
        await File.WriteAllTextAsync(Path.Combine(hub.StateFolder, "quarantine"), "a file where the folder should be");

        await StartAsync(hub);

        await AnswersPartiallyAsync(hub);
        await RunningHub.EventuallyAsync(async () => (await hub.ReadyAsync()).Contains("UNREACHABLE"), "health says so");
    }

    [Fact]
    public async Task The_schema_of_a_later_hub_is_left_alone()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader");
        await hub.HoldAsync(1);
        await hub.StopAsync();
        await using (var connection = new SqliteConnection($"Data Source={hub.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE schema_version SET Number = 99";
            await command.ExecuteNonQueryAsync();
        }

        await hub.StartAsync();

        await AnswersPartiallyAsync(hub);
        await RunningHub.EventuallyAsync(async () => (await hub.ReadyAsync()).Contains("SCHEMA"), "health says so");
    }

    [Fact]
    public async Task What_was_read_last_is_written_down_when_the_hub_stops()
    {
        await using var hub = await RunningHub.StartAsync("HalfReader", "\"hard\": 400");
        await hub.DossierAsync();

        await hub.StopAsync();

        var (_, output, _) = await hub.RunAsync("quarantine", "list", "--state-folder", hub.StateFolder);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(400);
    }

    private static async Task StartAsync(RunningHub hub)
    {
        hub.Files.Install("HalfReader");
        hub.WriteSource("notes", "half-reader");
        await hub.StartAsync();
    }

    private static async Task AnswersPartiallyAsync(RunningHub hub)
    {
        var dossier = await hub.DossierAsync();
        dossier.GetProperty("entries").GetProperty("nodes").GetArrayLength().Should().Be(1);
        dossier.GetProperty("sources")[0].GetProperty("reason").GetString().Should().Be("UNREADABLE");
    }

    /// <summary>
    /// SQLite opens a database for reading only when it was written by a version it does not know (fileformat2, §1.3.3): so it does even for root,
    /// whom no file mode stops.
    /// </summary>
    private static void MakeReadOnly(string database)
    {
        using var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite);
        file.Position = 18;
        file.WriteByte(3);
    }
}
