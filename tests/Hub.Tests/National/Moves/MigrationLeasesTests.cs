using DmpFederation.Hub.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Moves;

public sealed class SqliteMigrationLeasesTests : IAsyncLifetime
{
    private readonly SqliteNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public Task One_owner_at_a_time_and_the_token_grows_with_every_owner() => LeaseRules.OneOwnerAsync(host.Open(), host.Open, tells: false);

    [Fact]
    public async Task A_second_node_is_told_that_this_engine_is_for_one_until_the_first_has_ended()
    {
        var first = host.Open();
        await using (await first.Leases.TryTakeAsync("slice/a", default))
        {
            var second = host.Open();
            var take = () => second.Leases.TryTakeAsync("slice/b", default);
            (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("SECOND_NODE");
        }

        var still = () => host.Open().Leases.TryTakeAsync("slice/a", default);
        (await still.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("SECOND_NODE", "the first one lives");
        await first.DisposeAsync();
        await using var next = await host.Open().Leases.TryTakeAsync("slice/a", default);
        next!.Fence.Token.Should().Be(2);
    }
}

public sealed class PostgreSqlMigrationLeasesTests : IAsyncLifetime
{
    private readonly PostgreSqlNationalHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public Task One_owner_at_a_time_and_the_token_grows_with_every_owner() => LeaseRules.OneOwnerAsync(host.Open(), host.Open, tells: true);

    [SkippableFact]
    public async Task Of_many_nodes_that_ask_at_once_one_gets_the_right_and_others_get_other_rights()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => host.Open()).ToList();

        var taken = await Task.WhenAll(nodes.Select(static node => Task.Run(() => node.Leases.TryTakeAsync("slice/a", default))));
        var other = await Task.WhenAll(nodes.Select(static (node, at) => Task.Run(() => node.Leases.TryTakeAsync($"slice/b{at}", default))));

        taken.Count(static lease => lease is not null).Should().Be(1);
        other.Should().NotContainNulls();
        foreach (var lease in taken.Concat(other).OfType<IAsyncDisposable>())
            await lease.DisposeAsync();
    }

    [SkippableFact]
    public async Task An_owner_whose_connection_breaks_learns_so_and_another_one_takes_over_with_a_higher_token()
    {
        var first = host.Open();
        await using var lost = (await first.Leases.TryTakeAsync("slice/a", default))!;
        lost.Lost.IsCancellationRequested.Should().BeFalse();

        await host.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dmpfed migration leases'");

        var told = new TaskCompletionSource();
        await using var registered = lost.Lost.Register(told.SetResult);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await using var next = await host.Open().Leases.TryTakeAsync("slice/a", default);
        next!.Fence.Token.Should().BeGreaterThan(lost.Fence.Token);
    }

    [SkippableFact]
    public async Task A_server_that_lets_nobody_in_is_said_by_its_code()
    {
        var node = host.Open();
        await using (await node.Leases.TryTakeAsync("slice/a", default))
            await host.OpenToAsync(false);

        var take = () => node.Leases.TryTakeAsync("slice/a", default);
        (await take.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().NotBe("FAULT");
        await host.OpenToAsync(true);
    }
}

/// <summary>What rights are on every engine.</summary>
internal static class LeaseRules
{
    /// <summary>Asks on one node and, where another one may ask at all, on two.</summary>
    public static async Task OneOwnerAsync(NationalNode node, Func<TimeProvider?, NationalNode> open, bool tells)
    {
        var asking = tells ? open(null) : node;
        var first = (await node.Leases.TryTakeAsync("slice/a", default))!;
        first.Fence.Work.Should().Be("slice/a");
        (await asking.Leases.TryTakeAsync("slice/a", default)).Should().BeNull();
        (await node.Leases.TryTakeAsync("slice/a", default)).Should().BeNull("not even by the one who has it");
        await using var other = await asking.Leases.TryTakeAsync("slice/b", default);
        other.Should().NotBeNull();

        await first.DisposeAsync();
        await first.DisposeAsync();
        var second = (await asking.Leases.TryTakeAsync("slice/a", default))!;
        await first.DisposeAsync();
        (await node.Leases.TryTakeAsync("slice/a", default)).Should().BeNull("what the first one gives back late is not the second one's");
        second.Fence.Token.Should().BeGreaterThan(first.Fence.Token);
        await second.DisposeAsync();
    }
}
