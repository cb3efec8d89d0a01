using System.Collections.Concurrent;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>The first copy of a slice: whatever stops it, it goes on and ends with everybody, each fact once.</summary>
public sealed class CopyingTests : IAsyncLifetime
{
    private const int People = 60;

    private readonly MigrationRig rig = new();

    public async Task InitializeAsync()
    {
        rig.Legacy.Fill(People);
        await rig.StartAsync();
        await FollowAsync();
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Everybody_is_copied_with_exact_counts_and_the_slice_goes_on_to_be_followed()
    {
        await CopyAsync();

        var slice = (await rig.FindAsync()).Slices.Single();
        (slice.State, slice.Copied, slice.Total, slice.Checkpoint).Should().Be((MigrationState.Following, People, People, null));
        rig.Differences().Should().BeEmpty();
        var paper = LegacyPeople.LocalId(5, "paper");
        (await rig.Copies.OpenContentAsync("north", LegacyPeople.Key(5), paper, default))!.Bytes.ToArray().Should().Equal("paper of 5"u8.ToArray());
    }

    [Fact]
    public async Task The_cursor_of_changes_is_durable_before_the_first_patient_is_read()
    {
        rig.Legacy.Reads.Should().Be(0);
        (await rig.FindAsync()).Cursor.Should().Be($"c{People * 4}");

        await CopyAsync();
    }

    [Fact]
    public async Task After_a_stop_it_goes_on_at_its_checkpoint()
    {
        var batches = 0;
        rig.Copies.After = _ =>
        {
            if (++batches == 3)
                throw new OperationCanceledException();
        };
        await FluentActions.Awaiting(CopyAsync).Should().ThrowAsync<OperationCanceledException>();
        rig.Copies.After = null;
        var stopped = (await rig.FindAsync()).Slices.Single();
        var durable = ListPosition.Key(stopped.Checkpoint)!.Value;
        var read = new ConcurrentBag<PatientKey>();
        rig.Legacy.Reading = read.Add;

        await CopyAsync();

        stopped.Copied.Should().BePositive().And.BeLessThan(People);
        read.Should().HaveCount(People - (int)stopped.Copied).And.OnlyContain(key => string.CompareOrdinal(key.Value, durable.Value) > 0);
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task An_owner_of_before_writes_nothing()
    {
        var work = await rig.WorkAsync();
        rig.World.Leases.Lose(work.Fence.Work);

        await FluentActions.Awaiting(() => rig.Get<SliceCopying>().RunAsync(work, default)).Should().ThrowAsync<FencedOffException>();

        (rig.Copies.Batches, (await rig.FindAsync()).Slices.Single().Copied).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_sick_patient_holds_up_nobody_is_counted_and_is_copied_once_well()
    {
        rig.Legacy.Sick.Add(LegacyPeople.Key(7));
        await CopyAsync();

        var slice = (await rig.FindAsync()).Slices.Single();
        (slice.State, slice.Copied, slice.Total).Should().Be((MigrationState.Following, People - 1, People));
        rig.Copies.Find("north", LegacyPeople.Key(7), "all").Should().BeNull("half a patient is no patient");

        rig.Legacy.Sick.Clear();
        await FollowAsync();
        (await rig.FindAsync()).Slices.Single().Copied.Should().Be(People);
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task An_outage_makes_nobody_sick()
    {
        var reads = 0;
        rig.Legacy.Reading = _ =>
        {
            if (Interlocked.Increment(ref reads) == 20)
                rig.Legacy.Outage = SourceFaultCodes.Unreachable;
        };

        (await FluentActions.Awaiting(CopyAsync).Should().ThrowAsync<LegacyOutageException>()).Which.Message.Should().NotContain("urn:oid");
        rig.Legacy.Outage = null;
        await HealedAsync(CopyAsync);

        var slice = (await rig.FindAsync()).Slices.Single();
        (slice.Copied, slice.Total).Should().Be((People, People));
    }

    [Fact]
    public async Task A_gap_that_goes_away_is_never_copied_and_one_that_stays_is()
    {
        rig.Legacy.Gap = "PAGE_FAILED";
        var reads = 0;
        rig.Legacy.Reading = _ =>
        {
            if (Interlocked.Increment(ref reads) > People)
                rig.Legacy.Gap = null;
        };
        await CopyAsync();
        Gaps().Should().BeEmpty();

        rig.Legacy.Reading = null;
        rig.Legacy.Gap = "UNASSIGNED_REPORTS";
        rig.Legacy.Correct(3, 9m);
        await FollowAsync();
        Gaps().Should().Equal("UNASSIGNED_REPORTS");
    }

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 24).Select(static seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Stopped_at_any_moment_while_the_legacy_changes_it_ends_equal_and_nothing_comes_twice(ulong seed)
    {
        var chances = new Chances(seed);
        var stop = new CancellationTokenSource();
        rig.Legacy.Reading = _ =>
        {
            if (chances.OneIn(20))
                rig.Legacy.Change(chances, People + 3);
            if (chances.OneIn(40))
                stop.Cancel();
        };
        rig.Copies.Before = _ => Stop(chances);
        rig.Copies.After = _ => Stop(chances);

        for (var stops = 0; (await rig.FindAsync()).Slices.Single().State == MigrationState.Copying; stops++)
        {
            stops.Should().BeLessThan(500);
            stop = new CancellationTokenSource();
            await StoppedAsync(async () => await rig.Get<SliceCopying>().RunAsync(await rig.WorkAsync(), stop.Token));
        }
        var follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
        for (var steps = 0; steps < 12; steps++)
        {
            stop = new CancellationTokenSource();
            if (chances.OneIn(4))
                follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
            await StoppedAsync(() => follower.StepAsync(rig.Source, stop.Token));
        }
        (rig.Legacy.Reading, rig.Copies.Before, rig.Copies.After) = (null, null, null);
        await follower.StepAsync(rig.Source, default);
        await Task.Delay(60);
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
        var slice = (await rig.FindAsync()).Slices.Single();
        (slice.Copied, slice.Total).Should().Be((rig.Legacy.Keys.Count, rig.Legacy.Keys.Count));
        await NothingTwiceAsync();
    }

    private static void Stop(Chances chances)
    {
        switch (chances.Below(16))
        {
            case 0:
                throw new MigrationUnavailableException("DISK_FULL");
            case 1:
                throw new OperationCanceledException();
        }
    }

    private static async Task StoppedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception stop) when (stop is OperationCanceledException or MigrationUnavailableException or LegacyOutageException)
        {
            await Task.Delay(5);
        }
    }

    private static async Task HealedAsync(Func<Task> work)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await work();
                return;
            }
            catch (LegacyOutageException) when (tries < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task CopyAsync() => await rig.Get<SliceCopying>().RunAsync(await rig.WorkAsync(), default);

    /// <summary>A follower that begins anew, until nothing is left to do.</summary>
    private async Task FollowAsync()
    {
        var follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
        for (var steps = 0; steps < 10; steps++)
        {
            await follower.StepAsync(rig.Source, default);
            await Task.Delay(20);
        }
    }

    private List<string> Gaps() =>
        [.. rig.Legacy.Keys.SelectMany(key => rig.Copies.Find("north", key, "all")!.Gaps).Distinct()];

    private async Task NothingTwiceAsync()
    {
        foreach (var key in rig.Legacy.Keys)
        {
            foreach (var localId in rig.Copies.Find("north", key, "all")!.Entries.Select(static entry => entry.LocalId))
            {
                var versions = await rig.Copies.HistoryAsync("north", key, localId, default);
                versions.Zip(versions.Skip(1)).Any(static pair => IsSame(pair.First.Entry, pair.Second.Entry)).Should().BeFalse();
            }
        }
    }

    private static bool IsSame(DossierEntry? one, DossierEntry? other) =>
        one is null ? other is null : other is not null && EntryDiff.Between(one, other).Count == 0;
}
