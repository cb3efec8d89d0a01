using DmpFederation.Hub.HostTests.Audit;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>A database that cannot be used is said by its code by every use; nothing is written by halves, and mending it needs no restart.</summary>
public sealed class SqliteCopyStoreFaultTests : IAsyncLifetime
{
    private readonly SqliteNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_broken_file_is_said_by_every_use()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(host.File)!);
        await File.WriteAllTextAsync(host.File, "no database at all, and long enough to be taken for one");

        await FaultRules.EveryUseAsync(host.Open(), "DAMAGED");
    }

    [Fact]
    public async Task While_another_process_writes_copies_are_read_and_none_is_taken_over()
    {
        host.Settings["Storage:BusyTimeout"] = "00:00:01";
        await using var rig = await CopyRig.OpenAsync(host);
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));
        await using (var other = await host.ConnectAsync())
        {
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();

            var take = () => rig.TakeOverAsync(ACopy.Of(2, ACopy.Result(2, "a")));
            (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("BUSY");
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            (await rig.HeldAsync(1))!.Copy.Entries.Should().ContainSingle();
        }
        (await rig.TakeOverAsync(ACopy.Of(2, ACopy.Result(2, "a")))).Added.Should().Be(1);
    }

    [SkippableFact]
    public async Task A_full_disk_is_said_as_such_and_leaves_nothing_by_halves()
    {
        using var disk = SmallDisk.At(Path.GetDirectoryName(host.File)!);
        await using var rig = await CopyRig.OpenAsync(host);
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));

        var take = () => rig.TakeOverAsync([.. Enumerable.Range(2, 200).Select(static patient => ACopy.Of(
            patient, [.. Enumerable.Range(0, 20).Select(at => ACopy.Result(patient, $"f{at}"))]))]);
        (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("DISK_FULL");

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.Node.Copies.CountAsync(ACopy.Slice, default)).Should().Be(new SliceCounts(1, 1, 0, 0, 0, 1));
        (await rig.SliceAsync()).Copied.Should().Be(1);
        (await rig.TakeOverAsync(ACopy.Of(2, ACopy.Result(2, "a")))).Added.Should().Be(1, "there is room for less");
        // Whoever holds the file holds the disk.
        await rig.Node.DisposeAsync();
    }
}

public sealed class PostgreSqlCopyStoreFaultTests : IAsyncLifetime
{
    private readonly PostgreSqlNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task A_server_that_lets_nobody_in_is_said_by_every_use()
    {
        await host.OpenToAsync(false);
        await FaultRules.EveryUseAsync(host.Open(), "BUSY");
        await host.OpenToAsync(true);
    }

    [SkippableFact]
    public async Task A_server_that_may_only_be_read_is_read_and_takes_nothing_over()
    {
        await using var rig = await CopyRig.OpenAsync(host);
        await rig.TakeOverAsync(ACopy.Of(1, ACopy.Result(1, "a")));
        await host.ReadOnlyAsync(true);

        var take = () => rig.TakeOverAsync(ACopy.Of(2, ACopy.Result(2, "a")));
        (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("READ_ONLY");
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        (await rig.HeldAsync(1))!.Copy.Entries.Should().ContainSingle();
        await host.ReadOnlyAsync(false);
    }
}

internal static class FaultRules
{
    public static async Task EveryUseAsync(NationalNode node, string code)
    {
        Func<Task>[] uses =
        [
            () => node.Copies.ReadAsync(ACopy.Source, [ACopy.Key(1)], default),
            () => node.Copies.TakeOverAsync(new(ACopy.Slice, [ACopy.Of(1)], new("slice/x", 1), AChange.Morning), default),
            () => node.Copies.ConfirmAsync(ACopy.Slice, [ACopy.Key(1)], AChange.Morning, new("slice/x", 1), default),
            () => node.Copies.CountAsync(ACopy.Slice, default),
            async () => await node.Copies.ListAsync(ACopy.Slice, null, default).ToListAsync(),
            () => node.Copies.OpenContentAsync(ACopy.Source, ACopy.Key(1), "d", default),
            () => node.Copies.HistoryAsync(ACopy.Source, ACopy.Key(1), "d", default),
            () => node.Moves.AllAsync(default),
            () => node.Moves.BeginAsync(ACopy.Plan(), new LegacyLoad(), ACopy.Note, default),
            () => node.Moves.BrakeAsync(ACopy.Source, true, ACopy.Note, default),
            () => node.Moves.StepsAsync(ACopy.Source, default),
            () => node.Moves.DifferencesAsync(ACopy.Slice, 1, default),
            () => node.Leases.TryTakeAsync("slice/x", default),
        ];
        foreach (var use in uses)
            (await use.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be(code);
    }
}
