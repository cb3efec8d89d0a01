using CsCheck;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Api;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>How a migration is summed up, cut, timed and watched.</summary>
public sealed class SurfaceStatusTests
{
    private static readonly int[] Percents = [0, 1, 2, 4, 5, 10, 20, 25, 50];
    private static readonly SliceId First = new("north", "wave-1", "all");

    [Theory]
    [InlineData(MigrationState.Copying, MigrationState.Switched, MigrationState.Copying)]
    [InlineData(MigrationState.Retired, MigrationState.Switched, MigrationState.Switched)]
    [InlineData(MigrationState.Federated, MigrationState.Paused, MigrationState.Paused)]
    [InlineData(MigrationState.Diverged, MigrationState.Paused, MigrationState.Diverged)]
    [InlineData(MigrationState.Reversed, MigrationState.Shadow, MigrationState.Reversed)]
    internal void The_state_of_the_whole_is_that_of_the_slice_least_advanced_and_one_that_waits_for_a_person_wins(
        MigrationState one, MigrationState other, MigrationState whole)
    {
        Status(Slice(one), Slice(other)).State.Should().Be(whole);
        Status(Slice(other), Slice(one)).State.Should().Be(whole);
    }

    [Fact]
    public void Every_patient_is_in_one_wave_and_every_category_in_one_group() => Gen.Select(
            Gen.Int[0, 20], Gen.Int[0, 8].Select(static index => Percents[index]), Gen.Enum<EntryCategory>().Array[0, 6], Gen.Bool)
        .Sample((parts, percent, categories, cohort) =>
        {
            var key = new PatientKey(PatientKeySystems.InsC, "1234567890123456789012");
            var draft = new PlanDraft("north")
            {
                Parts = percent > 0 || parts == 0 ? null : parts,
                Percent = percent == 0 ? null : percent,
                Cohort = cohort ? [key] : [],
                Groups = [.. categories.Distinct().Select(static category => new[] { category })],
            };

            var (plan, problem) = draft.ToPlan();

            problem.Should().BeNull();
            plan!.Waves[^1].Kind.Should().Be(WaveKind.Rest);
            plan.Waves.Select(static wave => wave.Id).Concat(plan.Groups.Select(static group => group.Id))
                .Should().OnlyContain(static id => id.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'));
            plan.Waves.Select(static wave => wave.Id).Should().OnlyHaveUniqueItems();
            plan.Groups.SelectMany(static group => group.Categories).Should().BeEquivalentTo(Enum.GetValues<EntryCategory>());
            plan.WaveOf(key).Id.Should().Be(cohort ? "cohort" : plan.WaveOf(key).Id);
        });

    [Fact]
    public void A_rate_is_what_was_seen_and_is_not_known_before_two_looks()
    {
        var clock = new TestClock();
        var rates = new CopyRates(clock);
        rates.See(Record(Slice(MigrationState.Copying, 100, 1_000))).Should().BeEmpty();
        clock.Advance(TimeSpan.FromSeconds(10));
        rates.See(Record(Slice(MigrationState.Copying, 150, 1_000))).Should().Equal(new Dictionary<SliceId, double> { [First] = 5 });

        // A minute on, only the last minute counts.
        clock.Advance(TimeSpan.FromSeconds(60));
        rates.See(Record(Slice(MigrationState.Copying, 750, 1_000)))[First].Should().BeApproximately(10, 0.01);
        rates.See(Record(Slice(MigrationState.Following, 1_000, 1_000))).Should().BeEmpty();
    }

    [Fact]
    public void The_time_left_is_what_is_left_at_that_rate()
    {
        var status = new MigrationStatus("north", Record(Slice(MigrationState.Copying, 250, 1_000)), new Dictionary<SliceId, double> { [First] = 5 });
        status.Left.Should().Be(TimeSpan.FromSeconds(150));
        Status(Slice(MigrationState.Following, 1_000, 1_000)).Left.Should().BeNull();
    }

    [Fact]
    public async Task A_watched_migration_is_told_at_once_and_after_each_change_until_the_right_to_see_it_ends()
    {
        var clock = new TestClock();
        var store = new HeldMigrations(clock);
        var sources = new MovingSources(FixedSources.Source("north") with { Region = "hauts-de-france" });
        using var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<ISourceRegistry>(sources)
            .AddSingleton<IMigrationStore>(store)
            .AddSingleton<Hub.Migration.Steps.IMigrationDirector>(new ObedientDirector(store))
            .AddMigrationOrders()
            .BuildServiceProvider();
        await store.BeginAsync(new PlanDraft("north").ToPlan().Plan!, new LegacyLoad(), new StepNote("somebody", null, null), default);
        var request = new WatchMigration(SurfaceRig.North, "north");
        request.Stewardship.Make(StewardshipDecision.Decide(request.Actor, request.Act));
        var handler = new WatchMigrationHandler(services.GetRequiredService<MigrationDesk>(), services.GetRequiredService<MigrationProgress>());
        await using var told = (await handler.Handle(request, default)).Value!.GetAsyncEnumerator();

        (await told.MoveNextAsync()).Should().BeTrue();
        told.Current.Value!.State.Should().Be(MigrationState.Federated);
        var slice = told.Current.Value.Slices[0].Id;

        var next = told.MoveNextAsync().AsTask();
        await PassAsync(clock);
        await PassAsync(clock);
        next.IsCompleted.Should().BeFalse("nothing changed");
        store.Change(slice, static one => one with { State = MigrationState.Copying, Copied = 3, Total = 9 });
        await PassUntilAsync(clock, next);
        (await next).Should().BeTrue();
        told.Current.Value!.Copied.Should().Be(3);

        next = told.MoveNextAsync().AsTask();
        sources.Current = new RegistrySnapshot(2, [FixedSources.Source("north") with { Region = "normandie" }]);
        await PassUntilAsync(clock, next);
        (await next).Should().BeTrue();
        told.Current.Refusal!.Code.Should().Be("NOT_FOUND");
        (await told.MoveNextAsync()).Should().BeFalse();
    }

    private static async Task PassAsync(TestClock clock)
    {
        await clock.AtLeastTimersAsync(1);
        clock.Advance(MigrationProgress.Interval);
    }

    /// <summary>A timer that has just run out still counts for an instant: time that passes then reaches nobody.</summary>
    private static async Task PassUntilAsync(TestClock clock, Task ended)
    {
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, clock.AtLeastTimersAsync(1));
            clock.Advance(MigrationProgress.Interval);
            await Task.Yield();
        }
    }

    private static MigrationStatus Status(params SliceRecord[] slices) => new("north", Record(slices), new Dictionary<SliceId, double>());

    private static MigrationRecord Record(params SliceRecord[] slices) => new(new PlanDraft("north").ToPlan().Plan!, slices)
    {
        Version = 1,
        StartedAt = DateTimeOffset.UnixEpoch,
        Load = new LegacyLoad(),
    };

    private static SliceRecord Slice(MigrationState state, long copied = 0, long total = 0) =>
        new() { Id = First, State = state, ServedNationally = false, Copied = copied, Total = total, Differences = 0 };

    private sealed class MovingSources(params Source[] sources) : ISourceRegistry
    {
        public RegistrySnapshot Current { get; set; } = new(1, sources);
    }
}
