using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>A first wave is followed while a later one is still copied: neither holds up the other, and nothing heard of is lost.</summary>
public sealed class WaveFollowingTests : IAsyncLifetime
{
    private const int People = 24;

    private static readonly MigrationPlan Waves = MigrationRig.WholePlan() with
    {
        Waves = [new Wave("first", WaveKind.Partition) { Partition = new PatientPartition(0, 2) }, new Wave("rest", WaveKind.Rest)],
    };

    private readonly MigrationRig rig = new();
    private SourceFollower follower = null!;

    private static int First => Enumerable.Range(1, People).First(static number => Waves.WaveOf(LegacyPeople.Key(number)).Id == "first");

    private static int Later => Enumerable.Range(1, People).First(static number => Waves.WaveOf(LegacyPeople.Key(number)).Id == "rest");

    public async Task InitializeAsync()
    {
        rig.Legacy.Fill(People);
        await rig.StartAsync(Waves);
        Begin();
        await follower.StepAsync(rig.Source, default);
        await CopyAsync(0);
        await follower.StepAsync(rig.Source, default);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task What_changes_in_a_wave_that_is_followed_is_taken_over_while_the_next_one_waits()
    {
        var before = await rig.FindAsync();
        rig.Legacy.Correct(First, 9.1m);
        rig.Legacy.Correct(Later, 9.2m);

        // That nothing more happened is written down now and then, not at every step.
        await Task.Delay(200);
        await follower.StepAsync(rig.Source, default);

        Held(First).Should().Contain("9.1");
        rig.Copies.Find("north", LegacyPeople.Key(Later), "all").Should().BeNull("its wave is for its copier alone");
        var after = await rig.FindAsync();
        after.FollowedAt.Should().BeAfter(before.FollowedAt!.Value, "it speaks of the wave that is followed");
        after.Cursor.Should().Be(before.Cursor, "what waits for the other wave would be lost with this follower");
    }

    [Fact]
    public async Task What_was_heard_of_a_wave_while_it_was_copied_is_read_again_afterwards_by_another_follower_too()
    {
        var changed = false;
        rig.Legacy.Reading = key =>
        {
            // Read before it changes: the copier holds the old fact.
            if (key == LegacyPeople.Key(People) && !changed)
            {
                changed = true;
                rig.Legacy.Correct(Later, 9.3m);
            }
        };
        await CopyAsync(1);
        rig.Legacy.Correct(Later, 9.4m);
        await follower.StepAsync(rig.Source, default);

        Begin();
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
        (await rig.FindAsync()).Slices.Sum(static slice => slice.Copied).Should().Be(People);
    }

    [Fact]
    public async Task A_feed_that_forgot_while_a_wave_was_copied_has_that_wave_swept_afterwards()
    {
        rig.Legacy.Correct(First, 9.5m);
        rig.Legacy.Forget();
        await follower.StepAsync(rig.Source, default);
        var expired = (await rig.FindAsync()).Cursor;
        await CopyAsync(1);
        rig.Copies.Damage("north", LegacyPeople.Key(Later), "all", static copy => copy with { Entries = [] });

        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty("everybody of it was read once more");
        (await rig.FindAsync()).Cursor.Should().NotBe(expired);
    }

    private string Held(int number) => System.Text.Encoding.UTF8.GetString(
        rig.Copies.Find("north", LegacyPeople.Key(number), "all")!.Entries.Single(entry => entry.LocalId == LegacyPeople.LocalId(number, "lab")).Resource.Span);

    private async Task CopyAsync(int slice)
    {
        var migration = await rig.FindAsync();
        var right = rig.World.Leases.Take($"slice/{migration.Slices[slice].Id}");
        await rig.Get<SliceCopying>().RunAsync(new SliceWork(rig.Source, migration, migration.Slices[slice], right), default);
    }

    private void Begin() => follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
}
