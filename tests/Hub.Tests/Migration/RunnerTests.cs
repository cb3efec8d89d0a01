using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>Nodes do what orders ask for, share it, and end quickly.</summary>
public sealed class RunnerTests : IAsyncLifetime
{
    private const int People = 60;

    private readonly MigrationRig rig = new();
    private readonly List<IHostedService> running = [];

    public Task InitializeAsync()
    {
        rig.Legacy.Fill(People);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var node in running)
            await node.StopAsync(default);
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task Orders_take_a_source_the_whole_way_and_back_while_the_legacy_changes()
    {
        var chances = new Chances(5);
        rig.Legacy.Reading = _ =>
        {
            if (chances.OneIn(50))
                rig.Legacy.Change(chances, People);
        };
        await RunAsync(rig);
        await rig.StartAsync();
        await StateAsync(MigrationState.Following);

        await DoneAsync(rig.Director.VerifyAsync("north", MigrationRig.Note, default));
        await UntilAsync(async () => (await SliceAsync()).State is MigrationState.Shadow or MigrationState.Following);
        (await SliceAsync()).State.Should().Be(MigrationState.Shadow);
        rig.Legacy.Reading = null;
        await UntilAsync(async () => (await SliceAsync()).RehearsedAt is not null);

        await DoneAsync(rig.Director.SwitchAsync("north", null, MigrationRig.Note, default));
        (await SliceAsync()).ServedNationally.Should().BeTrue();
        rig.Legacy.Correct(2, 11m);
        await UntilAsync(() => Task.FromResult(rig.Differences().Count == 0));

        await DoneAsync(rig.Director.ReverseAsync("north", null, MigrationRig.Note, default));
        await DoneAsync(rig.Director.VerifyAsync("north", MigrationRig.Note, default));
        await UntilAsync(async () => (await SliceAsync()).VerifiedAt is not null);
        await DoneAsync(rig.Director.SwitchAsync("north", null, MigrationRig.Note, default));
        (await SliceAsync()).State.Should().Be(MigrationState.Switched);
    }

    [Fact]
    public async Task Two_nodes_share_the_slices_and_when_one_is_killed_the_other_goes_on()
    {
        await using var other = new MigrationRig(beside: rig);
        rig.Legacy.Takes = TimeSpan.FromMilliseconds(15);
        var plan = MigrationRig.WholePlan() with
        {
            Waves =
            [
                .. Enumerable.Range(0, 3).Select(static at => new Wave($"w{at}", WaveKind.Partition) { Partition = new PatientPartition(at, 4) }),
                new Wave("rest", WaveKind.Rest),
            ],
        };
        var first = await RunAsync(rig);
        await rig.StartAsync(plan);
        await RunAsync(other);
        await UntilAsync(async () => (await rig.FindAsync()).Slices.Count(static slice => slice.Copied > 0) >= 2);

        await first.StopAsync(default);

        await UntilAsync(async () => (await rig.FindAsync()).Slices.All(static slice => slice.State == MigrationState.Following));
        var slices = (await rig.FindAsync()).Slices;
        (slices.Sum(static slice => slice.Copied), slices.Sum(static slice => slice.Total)).Should().Be((People, People));
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_paused_copy_stands_still_and_goes_on_after_the_resume()
    {
        rig.Legacy.Takes = TimeSpan.FromMilliseconds(30);
        await RunAsync(rig);
        await rig.StartAsync();
        await UntilAsync(async () => (await SliceAsync()).Copied > 0);

        await DoneAsync(rig.Director.PauseAsync("north", MigrationRig.Note, default));
        await StandsStillAsync();
        (await SliceAsync()).State.Should().Be(MigrationState.Paused);

        await DoneAsync(rig.Director.ResumeAsync("north", MigrationRig.Note, default));
        await StateAsync(MigrationState.Following);
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task Under_the_brake_nothing_is_read_and_afterwards_it_goes_on()
    {
        rig.Legacy.Takes = TimeSpan.FromMilliseconds(30);
        await RunAsync(rig);
        await rig.StartAsync();
        await UntilAsync(async () => (await SliceAsync()).Copied > 0);

        await rig.Migrations.BrakeAsync("north", true, MigrationRig.Note, default);
        await StandsStillAsync();
        (await SliceAsync()).State.Should().Be(MigrationState.Copying);

        await rig.Migrations.BrakeAsync("north", false, MigrationRig.Note, default);
        await StateAsync(MigrationState.Following);
    }

    [Fact]
    public async Task Outages_of_store_and_source_are_outlived()
    {
        await RunAsync(rig);
        rig.Legacy.Outage = SourceFaultCodes.Unreachable;
        await rig.StartAsync();
        await Task.Delay(300);
        rig.Migrations.Fault = "DISK_FULL";
        await Task.Delay(300);
        rig.Migrations.Fault = null;
        rig.Legacy.Outage = null;

        await StateAsync(MigrationState.Following);

        rig.Differences().Should().BeEmpty();
        (await SliceAsync()).Copied.Should().Be(People);
    }

    [Fact]
    public async Task A_node_that_is_told_to_end_does_not_wait_for_a_legacy_that_hangs()
    {
        rig.Legacy.Takes = TimeSpan.FromMinutes(10);
        var node = await RunAsync(rig);
        await rig.StartAsync();
        await UntilAsync(() => Task.FromResult(rig.Legacy.Reads > 0));

        await node.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(20));

        (await rig.World.Leases.TryTakeAsync("slice/north/all/all", default)).Should().NotBeNull("its rights are free for another node");
    }

    [Fact]
    public async Task So_many_patients_at_once_are_read_as_the_operator_allows()
    {
        rig.Legacy.Takes = TimeSpan.FromMilliseconds(10);
        await RunAsync(rig);
        await rig.Director.StartAsync(MigrationRig.WholePlan(), new LegacyLoad { Concurrency = 3 }, MigrationRig.Note, default);
        await StateAsync(MigrationState.Following);

        rig.Legacy.MostAtOnce.Should().Be(3);
    }

    private async Task<IHostedService> RunAsync(MigrationRig node)
    {
        var runner = node.Get<IHostedService>();
        running.Add(runner);
        await runner.StartAsync(default);
        return runner;
    }

    private async Task<SliceRecord> SliceAsync() => (await rig.FindAsync()).Slices[0];

    private Task StateAsync(MigrationState state) => UntilAsync(async () => (await SliceAsync()).State == state);

    /// <summary>The runner has seen the order, and then nobody is read any more.</summary>
    private async Task StandsStillAsync()
    {
        var reads = -1;
        await UntilAsync(async () =>
        {
            var before = rig.Legacy.Reads;
            await Task.Delay(400);
            reads = rig.Legacy.Reads;
            return reads == before;
        });
        reads.Should().BeLessThan(People);
    }

    private static async Task DoneAsync(Task<StepResult> order)
    {
        var result = await order;
        result.Should().BeOfType<StepResult.Done>(result is StepResult.Blocked blocked ? string.Join(',', blocked.Codes) : "");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.Should().BeLessThan(3_000, "it should have come within a minute");
            await Task.Delay(20);
        }
    }
}
