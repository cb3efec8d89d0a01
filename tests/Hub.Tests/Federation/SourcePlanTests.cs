using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

public sealed class SourcePlanTests
{
    private static readonly DossierScope Results = new(true, [EntryCategory.LabResult], []);

    [Theory]
    [InlineData("Starting", null, null)]
    [InlineData("Active", null, null)]
    [InlineData("Unreachable", null, null)]
    [InlineData("Disabled", "NotAsked", "DISABLED")]
    [InlineData("Misconfigured", "NotAsked", "MISCONFIGURED")]
    [InlineData("NotSupported", "NotAsked", "NOT_SUPPORTED")]
    [InlineData("Malfunctioned", "NotAsked", "MALFUNCTIONED")]
    [InlineData("Quarantined", "Quarantined", "WRONG_PATIENT")]
    public void A_source_is_asked_or_silent_by_its_state(string state, string? status, string? reason)
    {
        var plan = Plan(ASource.Named("dp").In(Enum.Parse<SourceState>(state)), DossierScope.All);

        (plan.Silence?.Status.ToString(), plan.Silence?.Reason).Should().Be((status, reason));
        (plan.Silence?.Complete ?? false).Should().BeFalse();
    }

    [Fact]
    public void A_source_that_cannot_hold_what_is_asked_is_not_asked_and_leaves_no_gap() =>
        Plan(ASource.Named("dp", EntryCategory.Medication), Results).Silence
            .Should().Be(new PlannedSilence(SourceStatus.NotAsked, "CATEGORY_NOT_HELD", true));

    [Fact]
    public void A_source_that_may_hold_anything_is_asked_for_what_is_wanted()
    {
        var plan = Plan(ASource.Named("picardie"), Results);

        plan.Silence.Should().BeNull();
        plan.Request([], Results).Categories.Should().Equal(EntryCategory.LabResult);
    }

    [Fact]
    public void A_source_is_asked_for_the_categories_it_holds_and_the_bounds_of_the_query()
    {
        var scope = new DossierScope(true, [EntryCategory.LabResult, EntryCategory.Medication], [], FhirDate.Parse("2008"),
            FhirDate.Parse("2009-03"));
        var request = Plan(ASource.Named("dp", EntryCategory.Medication, EntryCategory.Immunization), scope).Request([], scope);

        request.Categories.Should().Equal(EntryCategory.Medication);
        request.From.Should().Be(FhirDate.Parse("2008"));
        request.To.Should().Be(FhirDate.Parse("2009-03"));
    }

    [Fact]
    public void A_source_the_query_leaves_out_is_a_gap() =>
        Plan(ASource.Named("dp"), new DossierScope(true, [], ["picardie"])).Silence
            .Should().Be(new PlannedSilence(SourceStatus.NotAsked, "FILTERED", false));

    [Fact]
    public void No_source_is_asked_when_no_entry_is_selected() =>
        Plan(ASource.Named("dp"), new DossierScope(false, [], [])).Silence
            .Should().Be(new PlannedSilence(SourceStatus.NotAsked, "NO_ENTRY_SELECTED", false));

    [Fact]
    public void Only_a_source_that_does_not_know_the_system_waits_for_the_identity()
    {
        Plan(ASource.Named("dp"), DossierScope.All).NeedsIdentity.Should().BeFalse();
        Plan(ASource.Named("franche-comte").Understanding(PatientKeySystems.InsC), DossierScope.All).NeedsIdentity.Should().BeTrue();
        SourcePlan.For(ASource.Named("dp"), [APatient.Known().Ins, APatient.Known().InsC], DossierScope.All).NeedsIdentity.Should().BeTrue();
        Plan(ASource.Named("franche-comte").Understanding(PatientKeySystems.InsC).In(SourceState.Disabled), DossierScope.All)
            .NeedsIdentity.Should().BeFalse();
    }

    [Fact]
    public void A_source_that_matches_by_traits_waits_for_the_identity_whatever_key_it_understands() =>
        Plan(ASource.Named("labos") with { MatchesByTraits = true }, DossierScope.All).NeedsIdentity.Should().BeTrue();

    [Theory]
    [InlineData("Unknown", "IDENTITY_UNKNOWN")]
    [InlineData("Unavailable", "IDENTITY_UNAVAILABLE")]
    [InlineData("Several", "IDENTITY_AMBIGUOUS")]
    public async Task Without_certified_traits_it_is_not_asked_and_says_why(string finding, string reason)
    {
        var identity = new CertifiedIdentity(Enum.Parse<IdentityFinding>(finding), null);
        var federation = new FederationBuilder
        {
            Identities = new FakeCertifiedIdentities { Instead = (_, _) => Task.FromResult(identity) },
        };
        federation.With(ASource.Named("labos") with { MatchesByTraits = true }, Behaviour.Answers());

        var answer = (await federation.AskAsync()).Sources.Should().ContainSingle().Subject;

        (answer.Status, answer.Reason, answer.IsComplete).Should().Be((SourceStatus.NotAsked, reason, false));
        federation.Reader.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task With_them_it_is_asked_under_the_key_of_the_query_and_given_the_traits()
    {
        var federation = new FederationBuilder();
        federation.With(ASource.Named("labos") with { MatchesByTraits = true }, Behaviour.Answers());

        (await federation.AskAsync()).Sources[0].Status.Should().Be(SourceStatus.Answered);

        var asked = federation.Reader.Calls.Should().ContainSingle().Subject.Request.Patients.Should().ContainSingle().Subject;
        asked.Key.Should().Be(APatient.Known().Ins.Key);
        asked.CertifiedTraits.Should().NotBeNull();
    }

    private static SourcePlan Plan(Source source, DossierScope scope) => SourcePlan.For(source, [APatient.Known().Ins], scope);
}
