using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>Decision before contact: a source hears only of patients whose right opens it.</summary>
public sealed class SourceRightsTests
{
    private static readonly TestPatient First = APatient.Known();
    private static readonly TestPatient Second = APatient.Number(2);

    [Fact]
    public async Task A_source_the_patient_did_not_open_hears_nothing_and_says_by_which_rule()
    {
        var hub = Hub(new Dictionary<PatientKey, PatientPolicy> { [First.Ins.Key] = Consents(["dp"]) });

        var dossier = await hub.AskAsync();

        dossier.Sources.Select(source => (source.SourceId, source.Status, source.Reason, source.IsComplete)).Should().Equal(
            ("dp", SourceStatus.Answered, null, true), ("picardie", SourceStatus.NotAllowed, AccessRules.ConsentMissing, false));
        dossier.Sources[1].Elapsed.Should().Be(TimeSpan.Zero);
        dossier.Complete.Should().BeFalse();
        hub.Reader.Calls.Should().ContainSingle().Which.Source.Id.Should().Be("dp");
    }

    [Fact]
    public async Task Of_a_list_each_source_hears_of_those_patients_alone_that_opened_it()
    {
        var hub = Hub(new Dictionary<PatientKey, PatientPolicy> { [First.Ins.Key] = Consents(["dp"]), [Second.Ins.Key] = Consents(["picardie"]) });

        var results = await hub.SendAsync(FederationBuilder.ADossierRequest(null, First.Ins, Second.Ins));

        hub.Reader.Calls.Single(call => call.Source.Id == "dp").Request.Patients.Should().ContainSingle().Which.Key.Should().Be(First.Ins.Key);
        hub.Reader.Calls.Single(call => call.Source.Id == "picardie").Request.Patients.Should().ContainSingle().Which.Key.Should().Be(Second.Ins.Key);
        results.Cast<DossierAnswer>().Select(dossier => dossier.Entries.Single().Origins[0].SourceId).Should().Equal("dp", "picardie");
        results.Cast<DossierAnswer>().Select(dossier => dossier.Sources.Single(source => source.Status == SourceStatus.NotAllowed).SourceId)
            .Should().Equal("picardie", "dp");
    }

    [Fact]
    public async Task A_source_opened_by_nobody_of_the_list_waits_for_no_identity()
    {
        var hub = new FederationBuilder { Policies = new PoliciesOf(new() { [First.Ins.Key] = Consents(["dp"]) }) };
        hub.With("dp", Behaviour.Answers()).With(ASource.Named("old").Understanding(PatientKeySystems.InsC), Behaviour.Answers());

        (await hub.AskAsync()).Sources[1].Reason.Should().Be(AccessRules.ConsentMissing);

        var access = AnAccess.Of(AnActor.Doctor(), Consents(["dp"]));
        SourcePlan.For(ASource.Named("old").Understanding(PatientKeySystems.InsC), [First.Ins], DossierScope.All, [access])
            .Should().BeEquivalentTo(new { IsAsked = false, NeedsIdentity = false });
    }

    [Fact]
    public async Task What_the_query_leaves_out_is_not_told_to_be_forbidden()
    {
        var hub = Hub(new Dictionary<PatientKey, PatientPolicy> { [First.Ins.Key] = Consents(["dp"]) });

        var dossier = await hub.AskAsync(new DossierScope(true, [], ["dp"]));

        dossier.Sources[1].Should().BeEquivalentTo(new { Status = SourceStatus.NotAsked, Reason = "FILTERED" });
        dossier.AskedBeside.Should().BeEmpty();
        hub.Reader.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_ticket_opens_no_source_whose_charter_refuses_it()
    {
        var hub = new FederationBuilder();
        var now = hub.Clock.GetUtcNow();
        hub.Policies = new FixedPolicies(APolicy.Open() with
        {
            Tickets = [APolicy.Ticket(AnActor.Doctor()) with { Since = now.AddMinutes(-1), Until = now.AddHours(1), Sources = ["dp", "picardie"] }],
        });
        hub.With("dp", Behaviour.Answers(AnEntry.Dispensation()))
            .With(ASource.Named("picardie") with { RefusesBreakGlass = true }, Behaviour.Answers(AnEntry.HbA1c()))
            .With("reseau", Behaviour.Answers());

        var dossier = (DossierAnswer)(await hub.SendAsync(FederationBuilder.ADossierRequest() with { Ticket = "ticket-1" }))[0];

        dossier.Sources.Select(source => source.Reason).Should().Equal(null, AccessRules.SourceRefusesBreakGlass, AccessRules.BreakGlassScope);
        hub.Reader.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task A_source_a_filter_leaves_out_is_asked_for_what_it_hides_and_shows_nothing()
    {
        var hub = new FederationBuilder();
        var labelled = AnEntry.HbA1c() with { Confidentiality = ["MASQUE_PS"] };
        hub.With("labo", Behaviour.Answers(AnEntry.HbA1c(), AnEntry.HbA1c(9.9m) with { Date = "2009-05-01" }))
            .With("picardie", Behaviour.Answers(labelled));

        var dossier = await hub.AskAsync(new DossierScope(true, [], ["labo"]));

        dossier.Entries.Should().ContainSingle().Which.Lead.Value!.Number.Should().Be(9.9m);
        dossier.AskedBeside.Should().Equal("picardie");
        dossier.Sources[1].Should().BeEquivalentTo(
            new { Status = SourceStatus.NotAsked, Reason = "FILTERED", EntryCount = 0, Elapsed = TimeSpan.Zero });
    }

    [Fact]
    public async Task A_right_that_does_not_say_what_it_opens_opens_nothing()
    {
        var hub = new FederationBuilder().With("dp", Behaviour.Answers());
        var request = FederationBuilder.ADossierRequest();
        request.Decisions.Make([new AccessDecision.Allowed(AccessRules.ProfessionalInSituation)]);

        await hub.Invoking(one => new GetDossiersHandler(one.Dossiers(), one.Work, one.Clock).Handle(request, CancellationToken.None))
            .Should().ThrowAsync<InvalidOperationException>();
        hub.Reader.Calls.Should().BeEmpty();
    }

    private static FederationBuilder Hub(Dictionary<PatientKey, PatientPolicy> policies) =>
        new FederationBuilder { Policies = new PoliciesOf(policies) }
        .With("dp", Answers(static () => AnEntry.Dispensation()))
        .With("picardie", Answers(static () => AnEntry.HbA1c()));

    private static Func<ReadCall, Task<Hub.Connectors.SourceOutcome>> Answers(Func<AnEntry> entry) => Behaviour.Ends(call =>
        call.Outcome(SourceStatus.Answered, null, [.. call.Request.Patients.Select(patient => entry().For(patient.Key).Build())]));

    private static PatientPolicy Consents(string[] sources) =>
        APolicy.Open(APolicy.Permits(Grantee.Everyone, sources) with { Since = DateTimeOffset.UnixEpoch });

    private sealed class PoliciesOf(Dictionary<PatientKey, PatientPolicy> policies) : IPolicyStore
    {
        public ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken) => ValueTask.FromResult(policies[key]);

        public Task<PatientPolicy> ApplyAsync(IReadOnlyList<PatientKey> keys, PolicyChange change, string by, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
