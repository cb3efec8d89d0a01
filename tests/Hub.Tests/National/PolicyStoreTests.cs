using DmpFederation.Hub.Access.Policy;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class SqlitePolicyStoreTests() : PolicyStoreTests(new SqliteNationalHost());

public sealed class PostgreSqlPolicyStoreTests() : PolicyStoreTests(new PostgreSqlNationalHost());

/// <summary>What each change does to a policy, on real engines.</summary>
public abstract class PolicyStoreTests : IAsyncLifetime
{
    private readonly NationalHost host;
    private readonly TestClock clock = new();
    private readonly NationalNode node;

    protected PolicyStoreTests(NationalHost host)
    {
        this.host = host;
        node = host.Open(clock);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await host.DisposeAsync();

    [SkippableFact]
    public async Task Of_somebody_nobody_knows_there_is_no_policy() => (await node.FindAsync()).Should().BeSameAs(PatientPolicy.None);

    [SkippableFact]
    public async Task A_dossier_is_opened_by_a_consent_and_is_found_under_every_identifier()
    {
        var applied = await node.ApplyAsync(AChange.Opening());

        applied.Should().BeEquivalentTo(new { State = DossierState.Open, StateSince = (DateTimeOffset?)clock.GetUtcNow(), Epoch = 1L });
        applied.Consents.Should().ContainSingle().Which.Should().BeEquivalentTo(AChange.Opening().Consent with { Sequence = 1 });
        foreach (var key in AChange.Keys())
            (await node.Policies.FindAsync(key, default)).Should().BeEquivalentTo(applied);
        var link = (await node.Links.HistoryAsync(applied.Person!.Value, default))[0];
        link.Should().BeEquivalentTo(new { Status = IdentityStatus.Retrieved, VerifiedBy = "INSI", LinkedBy = "patient", Since = clock.GetUtcNow() });
    }

    [SkippableFact]
    public async Task Opening_an_open_dossier_changes_nothing()
    {
        var opened = await node.ApplyAsync(AChange.Opening());

        (await node.ApplyAsync(AChange.Opening())).Should().BeEquivalentTo(opened);
    }

    [SkippableFact]
    public async Task A_dossier_is_not_opened_by_a_refusal()
    {
        var open = () => node.ApplyAsync(new PolicyChange.Open(AChange.Consent(ConsentAction.Opening, ConsentChoice.Deny)));

        await open.Should().ThrowAsync<ArgumentException>();
        (await node.FindAsync()).Person.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_closed_dossier_keeps_what_it_held_and_is_opened_again_by_a_new_consent()
    {
        await node.ApplyAsync(AChange.Opening());
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask()));
        clock.Advance(TimeSpan.FromDays(1));
        var closed = await node.ApplyAsync(new PolicyChange.Close("moves abroad"));
        clock.Advance(TimeSpan.FromDays(1));
        var reopened = await node.ApplyAsync(AChange.Opening());

        closed.State.Should().Be(DossierState.Closed);
        closed.Masks.Should().ContainSingle();
        reopened.Should().BeEquivalentTo(new { State = DossierState.Open, StateSince = (DateTimeOffset?)clock.GetUtcNow(), Epoch = 4L });
        reopened.Consents.Select(static consent => consent.Sequence).Should().Equal(1, 2);
        reopened.Masks.Should().ContainSingle();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_an_open_dossier_can_be_closed(bool closedBefore)
    {
        if (closedBefore)
        {
            await node.ApplyAsync(AChange.Opening());
            await node.ApplyAsync(new PolicyChange.Close("first"));
        }
        var close = () => node.ApplyAsync(new PolicyChange.Close("again"));

        (await close.Should().ThrowAsync<PolicyConflictException>()).Which.Rule.Should().Be(PolicyConflictException.NotOpen);
        (await node.FindAsync()).Epoch.Should().Be(closedBefore ? 2 : 0);
    }

    [SkippableFact]
    public async Task Decisions_are_kept_in_the_order_of_recording_as_they_were_collected()
    {
        await node.ApplyAsync(AChange.Permit());
        await node.ApplyAsync(AChange.Deny());
        var bounded = AChange.Consent(grantee: Grantee.CareTeam, until: AChange.Morning.AddYears(1), sources: ["dp", "lab"]) with { Evidence = null };
        var policy = await node.ApplyAsync(new PolicyChange.Record(bounded));

        policy.Consents.Should().BeEquivalentTo(
            [AChange.Permit().Consent with { Sequence = 1 }, AChange.Deny().Consent with { Sequence = 2 }, bounded with { Sequence = 3 }],
            static options => options.WithStrictOrdering());
        policy.State.Should().Be(DossierState.NeverOpened);
    }

    [SkippableFact]
    public async Task A_professional_is_kept_out_and_let_in_again()
    {
        await node.ApplyAsync(new PolicyChange.Block(AChange.OtherDoctor, true));
        var blocked = await node.ApplyAsync(new PolicyChange.Block(AChange.Doctor, true));
        var again = await node.ApplyAsync(new PolicyChange.Block(AChange.Doctor, true));
        var unblocked = await node.ApplyAsync(new PolicyChange.Block(AChange.Doctor, false));

        blocked.Blocked.Should().Equal(AChange.Doctor, AChange.OtherDoctor);
        again.Epoch.Should().Be(blocked.Epoch);
        unblocked.Blocked.Should().Equal(AChange.OtherDoctor);
    }

    [SkippableFact]
    public async Task The_attending_physician_is_declared_and_taken_back()
    {
        (await node.ApplyAsync(new PolicyChange.DeclareAttending(AChange.Doctor))).AttendingPhysician.Should().Be(AChange.Doctor);
        (await node.ApplyAsync(new PolicyChange.DeclareAttending(null))).AttendingPhysician.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_member_of_the_care_team_is_declared_once_and_the_membership_ends()
    {
        var doctor = new CareTeamMember(AChange.Doctor, null, AChange.Morning, null);
        var hospital = new CareTeamMember(null, AChange.Hospital, AChange.Morning.AddDays(1), null);
        var ended = doctor with { Until = AChange.Morning.AddDays(2) };

        await node.ApplyAsync(new PolicyChange.DeclareMember(doctor));
        (await node.ApplyAsync(new PolicyChange.DeclareMember(hospital))).CareTeam.Should().Equal(doctor, hospital);
        (await node.ApplyAsync(new PolicyChange.DeclareMember(ended))).CareTeam.Should().Equal(ended, hospital);
        var nobody = () => node.ApplyAsync(new PolicyChange.DeclareMember(new CareTeamMember(null, null, AChange.Morning, null)));
        await nobody.Should().ThrowAsync<ArgumentException>();
    }

    [SkippableFact]
    public async Task The_two_oppositions_are_set_one_by_one()
    {
        (await node.ApplyAsync(new PolicyChange.Oppose(true, null))).Should().BeEquivalentTo(new { OpposesBreakGlass = true, OpposesRegulation = false });
        (await node.ApplyAsync(new PolicyChange.Oppose(null, true))).Should().BeEquivalentTo(new { OpposesBreakGlass = true, OpposesRegulation = true });
        (await node.ApplyAsync(new PolicyChange.Oppose(false, null))).Should().BeEquivalentTo(new { OpposesBreakGlass = false, OpposesRegulation = true });
    }

    [SkippableFact]
    public async Task An_equal_target_and_visibility_replaces_the_mask_before()
    {
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(reach: ["entry-2", "entry-1"])));
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(visibility: Visibility.InvisiblePatient)));
        var lifted = AChange.Mask() with { Lifts = true, Since = AChange.Morning.AddHours(1), SetBy = AChange.Doctor };
        var policy = await node.ApplyAsync(new PolicyChange.SetMask(lifted));

        policy.Masks.Should().BeEquivalentTo([lifted, AChange.Mask(visibility: Visibility.InvisiblePatient)], static options => options.WithStrictOrdering());
    }

    [SkippableFact]
    public async Task A_mask_is_taken_away_alone_or_with_all_of_its_target()
    {
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask()));
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(visibility: Visibility.InvisiblePatient)));
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(MaskTargetKind.Source, "dp")));
        var target = AChange.Mask().Target;

        (await node.ApplyAsync(new PolicyChange.RemoveMask(target, Visibility.InvisiblePatient))).Masks.Should().HaveCount(2);
        (await node.ApplyAsync(new PolicyChange.RemoveMask(target, null))).Masks.Should().ContainSingle().Which.Target.Id.Should().Be("dp");
    }

    [SkippableFact]
    public async Task What_a_mask_reaches_grows_in_ordinal_order_and_never_in_silence_beyond_its_bound()
    {
        var target = AChange.Mask().Target;
        await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(reach: ["b"])));
        var extended = await node.ApplyAsync(new PolicyChange.Extend(target, Visibility.MasquePs, ["é", "a", "B", "a"]));
        var same = await node.ApplyAsync(new PolicyChange.Extend(target, Visibility.MasquePs, ["a", "b"]));
        var elsewhere = await node.ApplyAsync(new PolicyChange.Extend(target, Visibility.InvisiblePatient, ["c"]));
        var tooFar = () => node.ApplyAsync(
            new PolicyChange.Extend(target, Visibility.MasquePs, [.. Enumerable.Range(0, 1_000).Select(static number => $"entry-{number}")]));

        extended.Masks.Should().ContainSingle().Which.Reach.Should().Equal("B", "a", "b", "é");
        same.Should().BeEquivalentTo(extended, "nothing new was reached");
        elsewhere.Should().BeEquivalentTo(extended, "there is no such mask");
        (await tooFar.Should().ThrowAsync<PolicyConflictException>()).Which.Rule.Should().Be(PolicyConflictException.ReachFull);
        (await node.FindAsync()).Should().BeEquivalentTo(extended);
    }

    [SkippableFact]
    public async Task A_ticket_comes_with_the_notice_to_the_patient_and_its_review_and_is_told_once()
    {
        var opened = await node.ApplyAsync(AChange.Ticket());
        var again = await node.ApplyAsync(AChange.Ticket());

        opened.Tickets.Should().ContainSingle().Which.Should().BeEquivalentTo(AChange.Ticket().Ticket);
        again.Should().BeEquivalentTo(opened);
        (await node.Notices.ListAsync(AChange.Keys()[1], 10, default)).Should().Equal(
            new Hub.Access.BreakGlass.GivenNotice(clock.GetUtcNow(), AChange.Ticket().Notice));
        (await node.Reviews.ListAsync(null, 10, null, default)).Should().ContainSingle().Which.Person.Should().Be(opened.Person);
    }

    [SkippableFact]
    public async Task A_ticket_ends_by_itself_or_before_its_time()
    {
        await node.ApplyAsync(AChange.Ticket("ticket-1"));
        await node.ApplyAsync(AChange.Ticket("ticket-2", since: AChange.Morning.AddMinutes(10)));
        clock.Advance(TimeSpan.FromMinutes(20));
        var ended = await node.ApplyAsync(new PolicyChange.EndTicket("ticket-1"));
        var unknown = await node.ApplyAsync(new PolicyChange.EndTicket("ticket-9"));
        clock.Advance(TimeSpan.FromHours(1));
        var later = await node.ApplyAsync(AChange.Permit());

        ended.Tickets.Should().ContainSingle().Which.Id.Should().Be("ticket-2");
        unknown.Should().BeEquivalentTo(ended);
        later.Tickets.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Identifiers_of_different_persons_are_never_joined()
    {
        await node.ApplyAsync(AChange.Opening(), person: 1);
        await node.ApplyAsync(AChange.Opening(), person: 2);
        var (one, other) = (await node.FindAsync(1), await node.FindAsync(2));
        var apply = () => node.Policies.ApplyAsync([AChange.Keys(1)[0], AChange.Keys(2)[1]], AChange.Permit(), "patient", default);

        (await apply.Should().ThrowAsync<PolicyConflictException>()).Which.Rule.Should().Be(PolicyConflictException.LinkedToOthers);
        (await node.FindAsync(1)).Should().BeEquivalentTo(one);
        (await node.FindAsync(2)).Should().BeEquivalentTo(other);
    }

    [SkippableFact]
    public async Task A_further_identifier_is_linked_with_the_change()
    {
        await node.Policies.ApplyAsync([AChange.Keys()[0]], AChange.Opening(), "patient", default);
        var local = new PatientKey("urn:oid:1.2.250.1.999.1", "IPP-7");
        var policy = await node.Policies.ApplyAsync([AChange.Keys()[0], local], AChange.Permit(), "patient", default);

        (await node.Policies.FindAsync(local, default)).Should().BeEquivalentTo(policy);
    }

    [SkippableFact]
    public async Task What_was_decided_survives_a_restart()
    {
        await node.ApplyAsync(AChange.Opening());
        var policy = await node.ApplyAsync(new PolicyChange.SetMask(AChange.Mask(reach: ["entry-2"])));
        await node.DisposeAsync();

        (await host.Open(clock).FindAsync()).Should().BeEquivalentTo(policy);
    }
}
