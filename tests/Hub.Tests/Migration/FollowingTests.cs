using System.Collections.Concurrent;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Links;
using DmpFederation.Hub.Migration;
using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Following;
using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Reading;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>What the legacy changes after the copy is in the national store soon, all of it, and the cursor never runs ahead of it.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private const int People = 20;

    private readonly MigrationRig rig = new();
    private SourceFollower follower = null!;

    public async Task InitializeAsync()
    {
        rig.Legacy.Fill(People);
        await rig.StartAsync();
        Begin();
        await follower.StepAsync(rig.Source, default);
        await rig.Get<SliceCopying>().RunAsync(await rig.WorkAsync(), default);
        await follower.StepAsync(rig.Source, default);
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Changes_corrections_withdrawals_and_replaced_documents_are_followed()
    {
        rig.Legacy.Correct(1, 8.8m);
        rig.Legacy.Withdraw(LegacyPeople.Key(2), LegacyPeople.LocalId(2, "drug"));
        rig.Legacy.Put(AnEntry.Paper("urn:oid:1.2.3").For(LegacyPeople.Key(3)).Named(LegacyPeople.LocalId(3, "paper")), "replaced"u8.ToArray());
        rig.Legacy.Admit(People + 1);

        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
        (await rig.Copies.HistoryAsync("north", LegacyPeople.Key(1), LegacyPeople.LocalId(1, "lab"), default)).Should().HaveCount(2);
        (await rig.Copies.HistoryAsync("north", LegacyPeople.Key(2), LegacyPeople.LocalId(2, "drug"), default))[^1].Entry.Should().BeNull();
        (await rig.Copies.OpenContentAsync("north", LegacyPeople.Key(3), LegacyPeople.LocalId(3, "paper"), default))!.Bytes.ToArray()
            .Should().Equal("replaced"u8.ToArray());
        var slice = (await rig.FindAsync()).Slices.Single();
        (slice.Copied, slice.Total).Should().Be((People + 1, People + 1));
    }

    [Fact]
    public async Task Only_who_changed_is_read_again()
    {
        var read = new ConcurrentBag<PatientKey>();
        rig.Legacy.Reading = read.Add;
        rig.Legacy.Correct(4, 9.1m);
        rig.Legacy.Correct(4, 9.2m);

        await follower.StepAsync(rig.Source, default);
        await follower.StepAsync(rig.Source, default);

        read.Should().Equal(LegacyPeople.Key(4));
    }

    [Fact]
    public async Task The_cursor_moves_only_after_the_rows_are_durable()
    {
        var before = (await rig.FindAsync()).Cursor;
        rig.Legacy.Correct(1, 8.8m);
        rig.Copies.Before = static _ => throw new MigrationUnavailableException("DISK_FULL");

        await FluentActions.Awaiting(() => follower.StepAsync(rig.Source, default)).Should().ThrowAsync<MigrationUnavailableException>();
        (await rig.FindAsync()).Cursor.Should().Be(before);

        rig.Copies.Before = null;
        await follower.StepAsync(rig.Source, default);
        (await rig.FindAsync()).Cursor.Should().NotBe(before);
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_follower_killed_before_the_rows_were_durable_is_followed_by_one_who_hears_it_again()
    {
        rig.Legacy.Correct(1, 8.8m);
        rig.Copies.Before = static _ => throw new OperationCanceledException();
        await FluentActions.Awaiting(() => follower.StepAsync(rig.Source, default)).Should().ThrowAsync<OperationCanceledException>();
        rig.Copies.Before = null;

        Begin();
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_sick_patient_holds_back_what_is_claimed_but_nobody_else()
    {
        var before = await rig.FindAsync();
        rig.Legacy.Sick.Add(LegacyPeople.Key(5));
        rig.Legacy.Correct(5, 9.9m);
        rig.Legacy.Correct(6, 9.8m);

        for (var steps = 0; steps < 12; steps++)
        {
            await follower.StepAsync(rig.Source, default);
            await Task.Delay(30);
        }

        follower.Sick.Should().Be(1);
        rig.Differences().Should().NotBeEmpty().And.HaveCountLessThan(5, "only the sick one differs");
        var after = await rig.FindAsync();
        (after.Cursor, after.FollowedAt).Should().Be((before.Cursor, before.FollowedAt));

        rig.Legacy.Sick.Clear();
        await Task.Delay(80);
        await follower.StepAsync(rig.Source, default);
        rig.Differences().Should().BeEmpty();
        (await rig.FindAsync()).FollowedAt.Should().BeAfter(before.FollowedAt!.Value);
    }

    [Fact]
    public async Task When_the_feed_forgot_everybody_is_read_again_and_whom_the_legacy_lost_is_unknown()
    {
        rig.Legacy.Correct(1, 8.8m);
        rig.Legacy.Forget();
        rig.Legacy.Drop(LegacyPeople.Key(9));

        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
        rig.Copies.Find("north", LegacyPeople.Key(9), "all")!.IsUnknown.Should().BeTrue();
        (await rig.Copies.HistoryAsync("north", LegacyPeople.Key(9), LegacyPeople.LocalId(9, "lab"), default))[^1].Entry.Should().BeNull();
        (await rig.FindAsync()).Cursor.Should().Be($"c{(People * 4) + 1}");
    }

    [Fact]
    public async Task A_sweep_that_was_cut_off_is_begun_anew_by_the_next_follower()
    {
        rig.Legacy.Correct(1, 8.8m);
        rig.Legacy.Forget();
        var batches = 0;
        rig.Copies.Before = _ =>
        {
            if (++batches == 2)
                throw new OperationCanceledException();
        };
        await FluentActions.Awaiting(() => follower.StepAsync(rig.Source, default)).Should().ThrowAsync<OperationCanceledException>();
        rig.Copies.Before = null;

        Begin();
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_follower_whose_right_was_taken_over_writes_nothing()
    {
        rig.World.Leases.Lose("follow/north");
        rig.Legacy.Correct(1, 8.8m);

        await FluentActions.Awaiting(() => follower.StepAsync(rig.Source, default)).Should().ThrowAsync<FencedOffException>();

        rig.Differences().Should().NotBeEmpty();
    }

    [Fact]
    public async Task After_an_outage_it_goes_on_from_where_it_was()
    {
        rig.Legacy.Correct(1, 8.8m);
        rig.Legacy.Outage = SourceFaultCodes.Unreachable;
        (await FluentActions.Awaiting(() => follower.StepAsync(rig.Source, default)).Should().ThrowAsync<LegacyOutageException>())
            .Which.Code.Should().Be(SourceFaultCodes.Unreachable);

        rig.Legacy.Outage = null;
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_source_without_a_feed_is_swept_again_and_again()
    {
        var source = rig.Source with { Capabilities = [nameof(IPatientDirectory), nameof(IDocumentContent)] };
        rig.Legacy.Correct(1, 8.8m);
        var before = (await rig.FindAsync()).FollowedAt;

        await follower.StepAsync(source, default);

        rig.Differences().Should().BeEmpty();
        await Task.Delay(20);
        rig.Legacy.Withdraw(LegacyPeople.Key(2), LegacyPeople.LocalId(2, "lab"));
        await follower.StepAsync(source, default);
        rig.Differences().Should().BeEmpty();
        (await rig.FindAsync()).FollowedAt.Should().BeOnOrAfter(before!.Value);
    }

    [Fact]
    public async Task A_paused_slice_is_left_alone_and_catches_up_afterwards()
    {
        var before = (await rig.FindAsync()).Cursor;
        await rig.Director.PauseAsync("north", MigrationRig.Note, default);
        rig.Legacy.Correct(1, 8.8m);
        await follower.StepAsync(rig.Source, default);

        rig.Differences().Should().NotBeEmpty();
        (await rig.FindAsync()).Cursor.Should().Be(before, "what waits would be lost with this follower");

        await rig.Director.ResumeAsync("north", MigrationRig.Note, default);
        await follower.StepAsync(rig.Source, default);
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_change_at_a_source_that_matches_by_traits_has_everybody_read_again()
    {
        var read = new ConcurrentBag<PatientKey>();
        var source = rig.Source with { MatchesByTraits = true };
        rig.World.Identities.Instead = static (ins, _) => Task.FromResult(
            Enumerable.Range(1, People).Select(APatient.Number).First(patient => patient.Ins == ins).Identity);
        rig.World.Persons.Persons.AddRange(Enumerable.Range(1, People)
            .Select(static number => new KnownPerson(new PersonId(new Guid(number, 0, 0, new byte[8])), [LegacyPeople.Key(number)])));
        Begin();
        await follower.StepAsync(source, default);
        rig.Legacy.Reading = read.Add;

        await follower.StepAsync(source, default);
        read.Should().BeEmpty("nothing changed");
        rig.Legacy.Correct(1, 8.8m);
        await follower.StepAsync(source, default);

        read.Should().BeEquivalentTo(Enumerable.Range(1, People).Select(LegacyPeople.Key));
        rig.Differences().Should().BeEmpty();
    }

    [Fact]
    public async Task A_gap_that_is_held_already_is_no_reason_to_read_again()
    {
        rig.Legacy.Gap = "UNASSIGNED_REPORTS";
        rig.Legacy.Correct(1, 8.8m);
        for (var steps = 0; steps < 6; steps++)
        {
            await follower.StepAsync(rig.Source, default);
            await Task.Delay(30);
        }
        var reads = rig.Legacy.Reads;
        rig.Legacy.Correct(1, 8.9m);

        await follower.StepAsync(rig.Source, default);
        await follower.StepAsync(rig.Source, default);

        (rig.Legacy.Reads - reads).Should().Be(1);
        rig.Differences().Should().BeEmpty();
    }

    private void Begin() => follower = rig.Get<FollowerTools>().Begin(rig.World.Leases.Take("follow/north"));
}
