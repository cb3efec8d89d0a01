using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Sdk;
using FluentAssertions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

/// <summary>A SQLite file that is broken, locked or may not be written: every use says so by its code, and mending it needs no restart.</summary>
public sealed class SqlitePolicyStoreFaultTests : IAsyncLifetime
{
    private readonly SqliteNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_hub_starts_over_a_broken_file_shows_nothing_and_recovers_when_it_is_mended()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(host.File)!);
        await File.WriteAllTextAsync(host.File, "no database at all, and long enough to be taken for one");
        var node = host.Open();
        await node.StartAsync();

        await RefusedAsync(node, "DAMAGED");
        (await node.HealthAsync()).Should().BeEquivalentTo(new { Status = HealthStatus.Unhealthy });
        (await node.HealthAsync()).Description.Should().Contain("DAMAGED");

        File.Delete(host.File);
        await AgainAsync(async () => await node.ApplyAsync(AChange.Opening()));
        (await node.FindAsync()).State.Should().Be(DossierState.Open);
        (await node.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_file_that_is_broken_under_a_running_hub_is_noticed_and_what_was_kept_is_not_shown()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Permit());
        (await node.FindAsync()).Consents.Should().ContainSingle();
        var aside = host.File + ".aside";
        File.Move(host.File, aside);
        File.Delete(host.File + "-wal");
        File.Delete(host.File + "-shm");
        await File.WriteAllTextAsync(host.File, "no database at all, and long enough to be taken for one");

        await NoMoreAsync(node);
        await RefusedAsync(node, "DAMAGED");

        File.Move(aside, host.File, overwrite: true);
        await AgainAsync(async () => await node.FindAsync());
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_another_is_the_one_that_counts()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Permit());
        (await node.FindAsync()).Consents.Should().ContainSingle();
        File.Delete(host.File);
        File.Delete(host.File + "-wal");
        File.Delete(host.File + "-shm");

        // There is no file at all: nobody may be shown what the one before said.
        await NoMoreAsync(node);
        await AgainAsync(async () => await node.FindAsync());
        (await node.FindAsync()).Should().BeSameAs(PatientPolicy.None, "the new file knows nobody");
    }

    [Fact]
    public async Task While_another_process_writes_policies_are_read_and_a_change_is_refused_as_busy()
    {
        host.Settings["Storage:BusyTimeout"] = "00:00:01";
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening());
        await using (var other = await host.ConnectAsync())
        {
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();

            var apply = () => node.ApplyAsync(AChange.Permit());
            (await apply.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be("BUSY");
            (await node.FindAsync()).State.Should().Be(DossierState.Open);
            (await node.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
        }

        (await node.ApplyAsync(AChange.Permit())).Epoch.Should().Be(2);
    }

    [Fact]
    public async Task A_file_that_may_only_be_read_is_read_and_a_change_is_refused_as_such()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening());
        await node.DisposeAsync();
        await SetWriteVersionAsync(3);
        var later = host.Open();

        (await later.FindAsync()).State.Should().Be(DossierState.Open);
        var apply = () => later.ApplyAsync(AChange.Permit());
        (await apply.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be("READ_ONLY");
        var unlink = () => later.Links.UnlinkAsync(AChange.Keys()[0], AChange.Steward, "wrong", default);
        (await unlink.Should().ThrowAsync<IdentityStoreUnavailableException>()).Which.Code.Should().Be("READ_ONLY");
        (await later.HealthAsync()).Should().BeEquivalentTo(new { Status = HealthStatus.Degraded });

        await SetWriteVersionAsync(2);
        await AgainAsync(async () => await later.ApplyAsync(AChange.Permit()));
    }

    [Fact]
    public async Task The_file_is_readable_by_its_owner_alone()
    {
        // Rights are inherited from the folder there.
        if (OperatingSystem.IsWindows())
            return;
        var node = host.Open();
        await node.ApplyAsync(AChange.Opening());
        await node.FindAsync();

        File.GetUnixFileMode(host.File).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(host.File + "-wal").Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Many_processes_that_start_at_once_on_no_file_all_get_ready()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => host.Open()).ToList();

        await Task.WhenAll(nodes.Select(static (node, at) => Task.Run(() => node.ApplyAsync(AChange.Opening(), person: at + 1))));

        (await nodes[0].FindAsync(4)).State.Should().Be(DossierState.Open);
    }

    /// <summary>A file format version that SQLite can read and not write (sqlite.org/fileformat.html, offset 18).</summary>
    private async Task SetWriteVersionAsync(byte version)
    {
        await using var file = new FileStream(host.File, FileMode.Open, FileAccess.Write);
        file.Position = 18;
        file.WriteByte(version);
    }

    private static async Task RefusedAsync(NationalNode node, string code)
    {
        var find = () => node.FindAsync();
        var apply = () => node.ApplyAsync(AChange.Opening());
        var link = () => node.Links.LinkAsync(AChange.Keys(), IdentityStatus.Qualified, "INSI", AChange.Steward, default);
        var list = () => node.Work.ListAsync(null, null, 1, null, default);
        var notices = () => node.Notices.ListAsync(AChange.Keys()[0], 1, default);
        var reviews = () => node.Reviews.ListAsync(null, 1, null, default);
        (await find.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be(code);
        (await apply.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be(code);
        (await link.Should().ThrowAsync<IdentityStoreUnavailableException>()).Which.Code.Should().Be(code);
        (await list.Should().ThrowAsync<IdentityStoreUnavailableException>()).Which.Code.Should().Be(code);
        (await notices.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be(code);
        (await reviews.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be(code);
    }

    /// <summary>Looks up until it is refused: that the file is another one is noticed within a tenth of a second.</summary>
    private static async Task NoMoreAsync(NationalNode node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (true)
            {
                (await node.FindAsync()).Consents.Should().ContainSingle();
                await Task.Delay(5, patience.Token);
            }
        }
        catch (PolicyUnavailableException)
        {
            // As it should be.
        }
    }

    /// <summary>Tries until the database was looked at anew.</summary>
    internal static async Task AgainAsync(Func<Task> use)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await use();
                return;
            }
            catch (PolicyUnavailableException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}

/// <summary>A PostgreSQL that lets nobody in: every use says so by its code, and the hub goes on when it is back.</summary>
public sealed class PostgreSqlPolicyStoreFaultTests : IAsyncLifetime
{
    private readonly PostgreSqlNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task A_server_that_goes_away_is_noticed_at_the_next_lookup_and_its_return_needs_no_restart()
    {
        var node = host.Open();
        await node.ApplyAsync(AChange.Permit());
        (await node.FindAsync()).Consents.Should().ContainSingle();

        await host.OpenToAsync(false);
        var find = () => node.FindAsync();
        (await find.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().NotBe("FAULT");
        var apply = () => node.ApplyAsync(AChange.Deny());
        (await apply.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().NotBe("FAULT");
        (await node.HealthAsync()).Status.Should().Be(HealthStatus.Unhealthy);

        await host.OpenToAsync(true);
        await SqlitePolicyStoreFaultTests.AgainAsync(async () => await node.FindAsync());
        (await node.FindAsync()).Consents.Should().ContainSingle();
        (await node.HealthAsync()).Status.Should().Be(HealthStatus.Healthy);
    }

    [SkippableFact]
    public async Task A_hub_starts_without_its_server_and_gets_ready_when_it_is_there()
    {
        await host.OpenToAsync(false);
        var node = host.Open();
        await node.StartAsync();
        var find = () => node.FindAsync();
        (await find.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().NotBe("FAULT");

        await host.OpenToAsync(true);
        await SqlitePolicyStoreFaultTests.AgainAsync(async () => await node.FindAsync());
    }

    [SkippableFact]
    public async Task A_server_that_may_only_be_read_is_read_and_a_change_is_refused_as_such()
    {
        await host.Open().ApplyAsync(AChange.Opening());
        await host.ReadOnlyAsync(true);
        var node = host.Open();

        (await node.FindAsync()).State.Should().Be(DossierState.Open);
        var apply = () => node.ApplyAsync(AChange.Permit());
        (await apply.Should().ThrowAsync<PolicyUnavailableException>()).Which.Code.Should().Be("READ_ONLY");
        (await node.HealthAsync()).Status.Should().Be(HealthStatus.Degraded);
    }

    [SkippableFact]
    public async Task Many_nodes_that_start_at_once_on_an_empty_database_all_get_ready()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => host.Open()).ToList();

        await Task.WhenAll(nodes.Select(static (node, at) => Task.Run(() => node.ApplyAsync(AChange.Opening(), person: at + 1))));

        (await nodes[0].FindAsync(4)).State.Should().Be(DossierState.Open);
    }
}
