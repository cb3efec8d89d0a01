using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Runner;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>A slice of which something waits for a person is followed and served as before, and goes no step forward.</summary>
public sealed class DivergenceWatchTests : IAsyncLifetime
{
    private readonly MigrationRig rig = new();
    private IHostedService? node;

    private SliceId Slice => MigrationRig.WholePlan().Slices().Single();

    public Task InitializeAsync()
    {
        rig.Legacy.Fill(12);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (node is not null)
            await node.StopAsync(default);
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task Diverged_it_is_followed_and_held_back_and_goes_on_where_it_was_once_settled()
    {
        node = rig.Get<IEnumerable<IHostedService>>().OfType<MigrationRunner>().Single();
        await node.StartAsync(default);
        await rig.StartAsync();
        await UntilAsync(MigrationState.Following);

        lock (rig.World.Divergences.Open)
            rig.World.Divergences.Open.Add(new Divergence(7, Slice, "fact", 2, IsWithdrawn: false, rig.World.Clock.GetUtcNow()));
        await UntilAsync(MigrationState.Diverged);
        (await rig.FindAsync()).Slices.Single().Resumes.Should().Be(MigrationState.Following);
        (await rig.Director.MissingAsync(await rig.FindAsync(), default)).Single().Codes.Should().Contain(MissingCodes.Diverged);
        (await rig.Director.ResumeAsync("north", MigrationRig.Note, default)).Should().BeOfType<StepResult.Conflict>("only settling it helps");
        rig.Legacy.Correct(2, 11m);
        for (var tries = 0; rig.Differences().Count > 0 && tries < 400; tries++)
            await Task.Delay(25);
        rig.Differences().Should().BeEmpty("it is still followed");

        await rig.World.Divergences.SettleAsync("north", 7, MigrationRig.Note, default);
        await UntilAsync(MigrationState.Following);
        (await rig.Stores.Migrations.StepsAsync("north", default)).Select(static step => (step.From, step.To)).TakeLast(2).Should().Equal(
            (MigrationState.Following, MigrationState.Diverged), (MigrationState.Diverged, MigrationState.Following));
    }

    [Fact]
    public void A_switched_slice_is_still_served_nationally_and_may_be_reversed()
    {
        var switched = AMigration.Of("north", MigrationState.Switched).Slices[0];

        var diverged = SliceSteps.Diverge(switched)!;

        diverged.ServedNationally.Should().BeTrue();
        SliceSteps.Settle(diverged).Should().Be(switched);
        SliceSteps.Reverse(diverged, DateTimeOffset.UnixEpoch)!.State.Should().Be(MigrationState.Reversed);
        SliceSteps.Diverge(switched with { State = MigrationState.Copying }).Should().BeNull("a copy is not interrupted; it is seen when it has ended");
        SliceSteps.Diverge(switched with { State = MigrationState.Retired }).Should().BeNull("the legacy is asked no more");
    }

    private async Task UntilAsync(MigrationState state)
    {
        for (var tries = 0; (await rig.FindAsync()).Slices.Single().State != state && tries < 400; tries++)
            await Task.Delay(25);
        (await rig.FindAsync()).Slices.Single().State.Should().Be(state);
    }
}
