using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Gates;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>What comes of orders: evidence before every forward step, all slices or none, and the same order again harms nothing.</summary>
public sealed class DirectorTests : IAsyncLifetime
{
    private static readonly MigrationPlan TwoWaves = MigrationRig.WholePlan() with
    {
        Waves = [new Wave("first", WaveKind.Partition) { Partition = new PatientPartition(0, 2) }, new Wave("rest", WaveKind.Rest)],
    };

    private static readonly StepNote Note = MigrationRig.Note;

    private readonly TestClock clock = new();
    private readonly MigrationRig rig;

    public DirectorTests() => rig = new MigrationRig(clock: clock);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task A_start_has_every_slice_copied_and_the_same_start_again_changes_nothing()
    {
        var begun = await rig.StartAsync(TwoWaves);
        begun.Slices.Should().HaveCount(2).And.OnlyContain(static slice => slice.State == MigrationState.Copying);

        (await rig.StartAsync(TwoWaves)).Version.Should().Be(begun.Version);
    }

    [Fact]
    public async Task A_start_that_was_cut_off_is_completed_by_the_next_one()
    {
        await rig.Migrations.BeginAsync(TwoWaves, new LegacyLoad(), Note, CancellationToken.None);

        (await rig.StartAsync(TwoWaves)).Slices.Should().OnlyContain(static slice => slice.State == MigrationState.Copying);
    }

    [Fact]
    public async Task Another_plan_is_refused_while_there_is_one()
    {
        await rig.StartAsync(TwoWaves);

        (await StartAsync(MigrationRig.WholePlan())).Should().BeOfType<StepResult.Conflict>().Which.Rule.Should().Be(StepRules.Exists);
    }

    [Fact]
    public async Task A_source_nobody_configured_is_not_found_and_a_shut_one_refused()
    {
        (await StartAsync(MigrationRig.WholePlan("nowhere"))).Should().Be(new StepResult.NotFound("SOURCE"));

        rig.Source.Health.Set(SourceState.Disabled);
        (await StartAsync(MigrationRig.WholePlan())).Should().BeOfType<StepResult.Conflict>().Which.Rule.Should().Be(StepRules.SourceShut);
    }

    public static TheoryData<string> BadPlans =>
        ["no rest", "rest twice", "bad part", "empty cohort", "bad id", "same id", "category missing", "category twice"];

    [Theory]
    [MemberData(nameof(BadPlans))]
    public async Task A_plan_that_does_not_cut_everything_once_is_refused(string what)
    {
        var plan = MigrationRig.WholePlan();
        var (rest, group) = (plan.Waves[0], plan.Groups[0]);
        plan = what switch
        {
            "no rest" => plan with { Waves = [new Wave("half", WaveKind.Partition) { Partition = new PatientPartition(0, 2) }] },
            "rest twice" => plan with { Waves = [rest, rest with { Id = "more" }] },
            "bad part" => plan with { Waves = [new Wave("half", WaveKind.Partition) { Partition = new PatientPartition(2, 2) }, rest] },
            "empty cohort" => plan with { Waves = [new Wave("few", WaveKind.Cohort), rest] },
            "bad id" => plan with { Waves = [rest with { Id = "A/b" }] },
            "same id" => plan with { Waves = [new Wave("all", WaveKind.Partition) { Partition = new PatientPartition(0, 2) }, rest] },
            "category missing" => plan with { Groups = [group with { Categories = group.Categories.Skip(1).ToHashSet() }] },
            _ => plan with { Groups = [group, new CategoryGroup("more", new HashSet<EntryCategory> { EntryCategory.LabResult })] },
        };

        (await StartAsync(plan)).Should().BeOfType<StepResult.Conflict>().Which.Rule.Should().Be(StepRules.BadPlan);
    }

    [Fact]
    public async Task An_order_to_a_migration_nobody_began_finds_none()
    {
        (await rig.Director.PauseAsync("north", Note, default)).Should().Be(new StepResult.NotFound("MIGRATION"));
        (await rig.Director.SwitchAsync("north", null, Note, default)).Should().Be(new StepResult.NotFound("MIGRATION"));
    }

    [Fact]
    public async Task A_pause_stops_every_slice_and_a_resume_has_each_go_on_from_where_it_was()
    {
        await rig.StartAsync(TwoWaves);
        Put(0, static slice => slice with { State = MigrationState.Switched, ServedNationally = true });

        for (var times = 0; times < 2; times++)
        {
            (await DoneAsync(rig.Director.PauseAsync("north", Note, default)))
                .Should().OnlyContain(static slice => slice.State == MigrationState.Paused);
        }
        (await DoneAsync(rig.Director.ResumeAsync("north", Note, default))).Select(static slice => slice.State)
            .Should().Equal(MigrationState.Switched, MigrationState.Copying);
    }

    [Fact]
    public async Task One_slice_without_evidence_holds_back_the_others_named_with_it()
    {
        await rig.StartAsync(TwoWaves);
        Put(0, Ready);
        Put(1, static slice => Ready(slice) with { Differences = 1 });
        await FollowedAsync();

        var refused = await rig.Director.SwitchAsync("north", null, Note, default);

        refused.Should().BeOfType<StepResult.Blocked>().Which.Codes.Should().Equal(MissingCodes.Differences);
        (await rig.FindAsync()).Slices.Should().OnlyContain(static slice => slice.State == MigrationState.Shadow);

        (await DoneAsync(rig.Director.SwitchAsync("north", [new SliceId("north", "first", "all")], Note, default)))
            .Select(static slice => (slice.State, slice.ServedNationally))
            .Should().Equal((MigrationState.Switched, true), (MigrationState.Shadow, false));
    }

    [Fact]
    public async Task A_slice_that_was_moved_meanwhile_undoes_the_moves_of_the_others()
    {
        await rig.StartAsync(TwoWaves);
        Put(0, Ready);
        Put(1, Ready);
        var migration = await rig.FindAsync();
        Put(1, static slice => slice with { State = MigrationState.Paused, Resumes = MigrationState.Shadow });
        var moves = migration.Slices.Select(slice => (slice, SliceSteps.Switch(slice, clock.GetUtcNow())!)).ToList();

        var switching = () => rig.Get<SliceMoves>().ApplyAsync(moves, Note, default);

        await switching.Should().ThrowAsync<DmpFederation.Hub.Migration.MigrationConflictException>();
        (await rig.FindAsync()).Slices.Should().OnlyContain(static slice => !slice.ServedNationally);
        (await rig.FindAsync()).Slices[0].State.Should().Be(MigrationState.Shadow);
    }

    [Fact]
    public async Task A_switch_of_what_is_switched_changes_nothing_and_an_unknown_slice_is_not_found()
    {
        await SwitchedAsync();
        var before = await rig.FindAsync();

        (await DoneAsync(rig.Director.SwitchAsync("north", null, Note, default))).Should().Equal(before.Slices);
        (await rig.Director.SwitchAsync("north", [new SliceId("north", "no", "all")], Note, default)).Should().Be(new StepResult.NotFound("SLICE"));
    }

    [Fact]
    public async Task A_reverse_needs_no_evidence_and_is_a_rehearsal()
    {
        await SwitchedAsync();

        var reversed = await DoneAsync(rig.Director.ReverseAsync("north", null, Note, default));

        reversed.Select(static slice => (slice.State, slice.ServedNationally, slice.RehearsedAt))
            .Should().Equal((MigrationState.Reversed, false, clock.GetUtcNow()));
        (await DoneAsync(rig.Director.ReverseAsync("north", null, Note, default))).Should().Equal(reversed);
        (await DoneAsync(rig.Director.SwitchAsync("north", null, Note, default))).Should().OnlyContain(static slice => slice.ServedNationally);
    }

    [Fact]
    public async Task Only_what_is_in_shadow_or_switched_is_reversed()
    {
        await rig.StartAsync();

        (await rig.Director.ReverseAsync("north", null, Note, default))
            .Should().BeOfType<StepResult.Conflict>().Which.Rule.Should().Be(StepRules.WrongState);
    }

    [Fact]
    public async Task Nothing_is_retired_before_the_time_of_reversibility_is_over()
    {
        await SwitchedAsync();

        (await rig.Director.RetireAsync("north", Note, default))
            .Should().BeOfType<StepResult.Blocked>().Which.Codes.Should().Equal(MissingCodes.Reversible);

        clock.Advance(TimeSpan.FromDays(30));
        Put(0, slice => slice with { VerifiedAt = clock.GetUtcNow() });
        await FollowedAsync();
        (await DoneAsync(rig.Director.RetireAsync("north", Note, default)))
            .Should().OnlyContain(static slice => slice.State == MigrationState.Retired && slice.ServedNationally);
        (await rig.Director.ReverseAsync("north", null, Note, default)).Should().BeOfType<StepResult.Conflict>();
    }

    [Fact]
    public async Task Verifying_begins_for_what_is_followed_and_is_refused_while_nothing_is_copied()
    {
        await rig.StartAsync(TwoWaves);
        (await rig.Director.VerifyAsync("north", Note, default)).Should().BeOfType<StepResult.Conflict>();

        Put(0, static slice => slice with { State = MigrationState.Following });
        (await DoneAsync(rig.Director.VerifyAsync("north", Note, default))).Select(static slice => slice.State)
            .Should().Equal(MigrationState.Verifying, MigrationState.Copying);
        (await DoneAsync(rig.Director.VerifyAsync("north", Note, default)))[0].State.Should().Be(MigrationState.Verifying);
    }

    [Fact]
    public async Task A_slice_verified_before_goes_into_shadow_without_being_compared_anew()
    {
        await rig.StartAsync(TwoWaves);
        Put(0, slice => slice with { State = MigrationState.Following, VerifiedAt = clock.GetUtcNow() });
        Put(1, static slice => slice with { State = MigrationState.Following });

        (await DoneAsync(rig.Director.ShadowAsync("north", Note, default))).Select(static slice => slice.State)
            .Should().Equal(MigrationState.Shadow, MigrationState.Following);
        Put(0, static slice => slice with { State = MigrationState.Following, VerifiedAt = null });
        (await rig.Director.ShadowAsync("north", Note, default)).Should().BeOfType<StepResult.Blocked>()
            .Which.Codes.Should().Equal(MissingCodes.NotVerified);
    }

    [Fact]
    public async Task Every_step_is_written_down_with_who_took_it_and_on_what_grounds()
    {
        await SwitchedAsync();

        var step = (await rig.Migrations.StepsAsync("north", default))[^1];

        (step.From, step.To, step.Note.By).Should().Be((MigrationState.Shadow, MigrationState.Switched, "operator-1"));
        step.Note.Evidence.Should().StartWith("VERIFIED=2009-10-01").And.EndWith("DIFFERENCES=0");
    }

    private async Task SwitchedAsync()
    {
        await rig.StartAsync();
        Put(0, Ready);
        await FollowedAsync();
        await DoneAsync(rig.Director.SwitchAsync("north", null, Note, default));
    }

    private static SliceRecord Ready(SliceRecord slice) => slice with
    {
        State = MigrationState.Shadow,
        VerifiedAt = new DateTimeOffset(2009, 10, 1, 7, 0, 0, TimeSpan.Zero),
        RehearsedAt = new DateTimeOffset(2009, 10, 1, 7, 0, 0, TimeSpan.Zero),
    };

    private void Put(int slice, Func<SliceRecord, SliceRecord> change)
    {
        var id = rig.Migrations.FindAsync("north", default).GetAwaiter().GetResult()!.Slices[slice].Id;
        rig.Migrations.Change(id, change);
    }

    private Task FollowedAsync() =>
        rig.Migrations.FollowedAsync("north", "c0", clock.GetUtcNow(), rig.World.Leases.Take("follow/north"), default);

    private Task<StepResult> StartAsync(MigrationPlan plan) => rig.Director.StartAsync(plan, new LegacyLoad(), Note, default);

    private static async Task<IReadOnlyList<SliceRecord>> DoneAsync(Task<StepResult> order) =>
        (await order).Should().BeOfType<StepResult.Done>().Which.Migration.Slices;
}
