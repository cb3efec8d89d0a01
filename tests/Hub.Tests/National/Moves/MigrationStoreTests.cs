using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Tests.National.Copies;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Moves;

public sealed class SqliteMigrationStoreTests() : MigrationStoreTests(new SqliteNationalHost());

public sealed class PostgreSqlMigrationStoreTests() : MigrationStoreTests(new PostgreSqlNationalHost());

/// <summary>Where slices stand and who moved them, on real engines.</summary>
public abstract class MigrationStoreTests : IAsyncLifetime
{
    private static readonly LegacyLoad Gentle = new()
    {
        PatientsPerSecond = 2.5,
        Concurrency = 2,
        LatencyLimit = TimeSpan.FromMilliseconds(250),
        Rest = (new TimeOnly(22, 30), new TimeOnly(6, 0)),
    };

    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;

    protected MigrationStoreTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
    }

    private IMigrationStore Moves => node.Moves;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task A_migration_that_was_begun_is_found_as_it_was_planned_by_every_node()
    {
        (await Moves.AllAsync(default)).Should().BeEmpty();
        (await Moves.FindAsync(ACopy.Source, default)).Should().BeNull();

        var begun = await Moves.BeginAsync(ACopy.Plan(), Gentle, ACopy.Note, default);
        await Moves.BeginAsync(ACopy.Plan("another"), new LegacyLoad(), ACopy.Note, default);

        var all = await host.Open(clock).Moves.AllAsync(default);
        all.Select(static one => one.Plan.SourceId).Should().Equal("another", ACopy.Source);
        all[1].Should().BeEquivalentTo(begun).And.BeEquivalentTo(await Moves.FindAsync(ACopy.Source, default));
        begun.Plan.Should().BeEquivalentTo(ACopy.Plan(), static options => options.WithStrictOrdering());
        begun.Plan.WaveOf(ACopy.Key(7)).Id.Should().Be("pilot");
        begun.Load.Should().Be(Gentle);
        begun.Should().BeEquivalentTo(new { Version = 1L, StartedAt = clock.GetUtcNow(), Cursor = (string?)null, FollowedAt = (DateTimeOffset?)null, Braked = false });
        begun.Slices.Select(static slice => slice.Id).Should().Equal(ACopy.Plan().Slices());
        begun.Slices.Should().OnlyContain(static slice => slice.State == MigrationState.Federated && !slice.ServedNationally && slice.Copied == 0);
    }

    [SkippableFact]
    public async Task A_migration_is_begun_once_however_many_begin_it_at_once()
    {
        var other = host.Open(clock);

        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => Task.Run(async () =>
        {
            try
            {
                await (at % 2 == 0 ? node : other).Moves.BeginAsync(ACopy.Plan(), new LegacyLoad(), ACopy.Note, default);
                return "";
            }
            catch (MigrationConflictException conflict)
            {
                return conflict.Rule;
            }
        })));

        begun.Order().Should().Equal("", "MIGRATION_EXISTS", "MIGRATION_EXISTS", "MIGRATION_EXISTS", "MIGRATION_EXISTS", "MIGRATION_EXISTS");
    }

    [SkippableFact]
    public async Task A_slice_is_moved_from_the_state_it_is_believed_to_be_in_and_the_step_is_kept()
    {
        var slice = await BegunAsync();

        var copying = await MoveAsync(slice, MigrationState.Copying, new StepNote("operator-1", "pilot approved", "CURSOR=TAKEN"));
        clock.Advance(TimeSpan.FromMinutes(3));
        var paused = await Moves.MoveAsync(
            copying with { State = MigrationState.Paused, Resumes = MigrationState.Copying }, MigrationState.Copying, new StepNote("hub", null, null), default);

        paused.Should().BeEquivalentTo(new { State = MigrationState.Paused, Resumes = MigrationState.Copying });
        var stale = () => MoveAsync(slice, MigrationState.Copying);
        (await stale.Should().ThrowAsync<MigrationConflictException>()).Which.Rule.Should().Be("STATE_MOVED");
        (await Moves.FindAsync(ACopy.Source, default))!.Version.Should().Be(3, "two moves were made");
        (await Moves.StepsAsync(ACopy.Source, default)).Should().Equal(
            new SliceStep(ACopy.Slice, MigrationState.Federated, MigrationState.Copying, new StepNote("operator-1", "pilot approved", "CURSOR=TAKEN"), clock.GetUtcNow().AddMinutes(-3)),
            new SliceStep(ACopy.Slice, MigrationState.Copying, MigrationState.Paused, new StepNote("hub", null, null), clock.GetUtcNow()));
    }

    [SkippableFact]
    public async Task Of_many_who_move_a_slice_at_once_one_does()
    {
        var slice = await BegunAsync();
        var other = host.Open(clock);

        var moved = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => Task.Run(async () =>
        {
            try
            {
                await (at % 2 == 0 ? node : other).Moves.MoveAsync(
                    slice with { State = MigrationState.Copying }, MigrationState.Federated, new StepNote($"operator-{at}", null, null), default);
                return true;
            }
            catch (MigrationConflictException)
            {
                return false;
            }
        })));

        moved.Count(static one => one).Should().Be(1);
        (await Moves.StepsAsync(ACopy.Source, default)).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task What_moves_with_the_rows_is_not_set_back_by_who_read_it_before()
    {
        var slice = await MoveAsync(await BegunAsync(), MigrationState.Copying);
        await using var lease = (await node.Leases.TryTakeAsync("slice/x", default))!;
        await node.Copies.TakeOverAsync(
            new(ACopy.Slice, [ACopy.Of(1, ACopy.Result(1, "a"))], lease.Fence, clock.GetUtcNow()) { Checkpoint = "p1" }, default);
        await Moves.CountedAsync(ACopy.Slice, 10, true, lease.Fence, default);

        var paused = await Moves.MoveAsync(
            slice with { State = MigrationState.Paused, Resumes = MigrationState.Copying }, MigrationState.Copying, ACopy.Note, default);
        paused.Should().BeEquivalentTo(new { Copied = 1L, Total = 10L, Listed = true, Checkpoint = "p1" });

        var copying = await Moves.MoveAsync(paused with { State = MigrationState.Copying, Resumes = null }, MigrationState.Paused, ACopy.Note, default);
        copying.Checkpoint.Should().Be("p1", "it goes on from there");
        var following = await MoveAsync(copying, MigrationState.Following);
        following.Should().BeEquivalentTo(new { Copied = 1L, Checkpoint = (string?)null }, "the copy has ended");
    }

    [SkippableFact]
    public async Task Brake_and_limits_are_seen_by_their_version_and_every_step_of_them_is_kept()
    {
        await BegunAsync();

        await Moves.BrakeAsync(ACopy.Source, true, ACopy.Note, default);
        (await Moves.FindAsync(ACopy.Source, default))!.Should().BeEquivalentTo(new { Braked = true, Version = 2L });
        await Moves.BrakeAsync(ACopy.Source, false, ACopy.Note, default);
        await Moves.LimitAsync(ACopy.Source, Gentle, ACopy.Note, default);
        (await Moves.FindAsync(ACopy.Source, default))!.Should().BeEquivalentTo(new { Braked = false, Version = 4L, Load = Gentle });
        await Moves.LimitAsync(ACopy.Source, new LegacyLoad(), ACopy.Note, default);
        (await Moves.FindAsync(ACopy.Source, default))!.Load.Should().Be(new LegacyLoad());

        var unknown = () => Moves.BrakeAsync("nobody", true, ACopy.Note, default);
        (await unknown.Should().ThrowAsync<MigrationConflictException>()).Which.Rule.Should().Be("MIGRATION_UNKNOWN");
    }

    [SkippableFact]
    public async Task How_far_a_source_was_followed_is_kept_and_moves_no_version()
    {
        await BegunAsync();
        await using var lease = (await node.Leases.TryTakeAsync($"follow/{ACopy.Source}", default))!;

        await Moves.FollowedAsync(ACopy.Source, "cursor-1", null, lease.Fence, default);
        (await Moves.FindAsync(ACopy.Source, default))!.Should().BeEquivalentTo(new { Cursor = "cursor-1", FollowedAt = (DateTimeOffset?)null, Version = 1L });
        await Moves.FollowedAsync(ACopy.Source, "cursor-2", clock.GetUtcNow(), lease.Fence, default);
        await Moves.FollowedAsync(ACopy.Source, "cursor-3", null, lease.Fence, default);
        (await Moves.FindAsync(ACopy.Source, default))!.Should().BeEquivalentTo(new { Cursor = "cursor-3", FollowedAt = clock.GetUtcNow() });

        var late = () => Moves.FollowedAsync(ACopy.Source, "cursor-0", null, lease.Fence with { Token = lease.Fence.Token - 1 }, default);
        await late.Should().ThrowAsync<FencedOffException>();
        (await Moves.FindAsync(ACopy.Source, default))!.Cursor.Should().Be("cursor-3");
    }

    [SkippableFact]
    public async Task A_verification_takes_the_place_of_the_one_before_and_leaves_what_shadow_reading_met()
    {
        await BegunAsync();
        await using var lease = (await node.Leases.TryTakeAsync("slice/x", default))!;
        var shadow = Difference("s", "date");
        await Moves.ShadowedAsync(ACopy.Slice, 4, [shadow], default);

        await Moves.VerifiedAsync(
            ACopy.Slice,
            new VerifiedSlice(clock.GetUtcNow(), 2, 9, [Difference("a", "missing"), Difference(null, "mask", "eq-1")], 1, [new("unit:mg", "KEPT_RAW", 3)]), lease.Fence, default);
        (await SliceAsync()).Should().BeEquivalentTo(new { VerifiedAt = clock.GetUtcNow(), Differences = 1L, ShadowReads = 4L, ShadowDifferences = 1L });
        (await Moves.LossesAsync(ACopy.Slice, default)).Should().Equal(new MappingLoss("unit:mg", "KEPT_RAW", 3));

        clock.Advance(TimeSpan.FromMinutes(5));
        await Moves.VerifiedAsync(ACopy.Slice, new VerifiedSlice(clock.GetUtcNow(), 2, 9, [Difference("b", "surplus")], 0, []), lease.Fence, default);

        (await SliceAsync()).Should().BeEquivalentTo(new { VerifiedAt = clock.GetUtcNow(), Differences = 0L });
        (await Moves.DifferencesAsync(ACopy.Slice, 10, default)).Select(static one => (one.LocalId, one.Field, one.InShadow))
            .Should().Equal(("b", "surplus", false), ("s", "date", true));
        (await Moves.DifferencesAsync(ACopy.Slice, 1, default)).Should().ContainSingle().Which.LocalId.Should().Be("b");
        (await Moves.LossesAsync(ACopy.Slice, default)).Should().BeEmpty();
        (await Moves.DifferencesAsync(ACopy.Slice with { Wave = "pilot" }, 10, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Shadow_figures_add_up_a_read_that_differs_in_two_fields_is_one_and_what_was_met_last_is_kept()
    {
        await BegunAsync();

        await Moves.ShadowedAsync(ACopy.Slice, 3, [Difference("a", "date"), Difference("a", "code"), Difference("b", "date", "eq-1")], default);
        await Moves.ShadowedAsync(ACopy.Slice, 5, [.. Enumerable.Range(0, 1_500).Select(at => Difference($"{at}", "date", "eq-1"))], default);

        (await SliceAsync()).Should().BeEquivalentTo(new { ShadowReads = 8L, ShadowDifferences = 1L });
        var kept = await Moves.DifferencesAsync(ACopy.Slice, 5_000, default);
        kept.Should().HaveCount(1_000);
        kept[0].LocalId.Should().Be("1499");
        kept[^1].LocalId.Should().Be("500");
    }

    [SkippableFact]
    public async Task A_verification_that_is_wiped_out_by_a_move_holds_no_more()
    {
        var slice = await MoveAsync(await BegunAsync(), MigrationState.Copying);
        await using var lease = (await node.Leases.TryTakeAsync("slice/x", default))!;
        await Moves.VerifiedAsync(ACopy.Slice, new VerifiedSlice(clock.GetUtcNow(), 2, 9, [], 3, []), lease.Fence, default);
        var verified = await SliceAsync();

        (await MoveAsync(verified, MigrationState.Following)).VerifiedAt.Should().Be(clock.GetUtcNow());
        (await MoveAsync((await SliceAsync()) with { VerifiedAt = null }, MigrationState.Reversed))
            .Should().BeEquivalentTo(new { VerifiedAt = (DateTimeOffset?)null, Differences = 0L });
        slice.VerifiedAt.Should().BeNull();
    }

    [SkippableFact]
    public async Task Equivalences_are_kept_with_owner_reason_and_end_also_when_they_have_ended()
    {
        var past = new Equivalence("e1", ACopy.Source, "resource:/meta", "dr-1", "the legacy numbers its exports", clock.GetUtcNow().AddDays(-1));
        var later = past with { Id = "e2", Until = clock.GetUtcNow().AddDays(30) };
        await Moves.DeclareAsync(past, default);
        await Moves.DeclareAsync(later, default);
        await Moves.DeclareAsync(past with { Id = "e3", SourceId = "another" }, default);

        (await Moves.EquivalencesAsync(ACopy.Source, default)).Should().Equal(past, later);
    }

    [SkippableFact]
    public async Task A_plan_that_names_what_this_hub_does_not_know_is_said_and_not_cut()
    {
        await BegunAsync();
        await host.ExecuteAsync("UPDATE migration_group SET categories = REPLACE(categories, 'LabResult', 'Genome')");

        var read = () => host.Open(clock).Moves.AllAsync(default);
        (await read.Should().ThrowAsync<MigrationUnavailableException>()).Which.Code.Should().Be("SCHEMA");
    }

    [SkippableFact]
    public async Task A_text_no_server_takes_is_kept_with_that_letter_replaced_and_losses_of_one_field_are_one()
    {
        var slice = await BegunAsync();
        await using var lease = (await node.Leases.TryTakeAsync("slice/x", default))!;

        await MoveAsync(slice, MigrationState.Copying, new StepNote("operator-1", "a\0b", null));
        await Moves.VerifiedAsync(
            ACopy.Slice,
            new VerifiedSlice(clock.GetUtcNow(), 1, 1, [Difference("x\0", "date")], 1, [new("f\0", "KEPT_RAW", 3), new("f\0", "KEPT_RAW", 4)]), lease.Fence, default);

        (await Moves.StepsAsync(ACopy.Source, default)).Single().Note.Reason.Should().Be("a\uFFFDb");
        (await Moves.DifferencesAsync(ACopy.Slice, 1, default)).Single().LocalId.Should().Be("x\uFFFD");
        (await Moves.LossesAsync(ACopy.Slice, default)).Should().Equal(new MappingLoss("f\uFFFD", "KEPT_RAW", 7));
    }

    private static FieldDifference Difference(string? localId, string field, string? explained = null) =>
        new(localId, field, explained) { PatientDigest = "d1", SeenAt = AChange.Morning };

    private async Task<SliceRecord> BegunAsync() =>
        (await Moves.BeginAsync(ACopy.Plan(), new LegacyLoad(), ACopy.Note, default)).Slices.Single(static slice => slice.Id == ACopy.Slice);

    private async Task<SliceRecord> SliceAsync() =>
        (await Moves.FindAsync(ACopy.Source, default))!.Slices.Single(static slice => slice.Id == ACopy.Slice);

    private Task<SliceRecord> MoveAsync(SliceRecord slice, MigrationState to, StepNote? note = null) =>
        Moves.MoveAsync(slice with { State = to }, slice.State, note ?? ACopy.Note, default);
}
