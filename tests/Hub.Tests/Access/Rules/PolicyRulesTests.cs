using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access.Rules;

/// <summary>Who may change what a patient decided.</summary>
public sealed class PolicyRulesTests
{
    private static readonly Actor Doctor = AnActor.Doctor();
    private static readonly Actor Patient = AnActor.Patient(APatient.Known().Ins);
    private static readonly Consent Signed = APolicy.Permits(APolicy.To(Doctor)) with { Evidence = "formulaire 12" };
    private static readonly PolicyChange.SetMask Masking = new(APolicy.Masked(new MaskTarget(MaskTargetKind.Entry, "e1")));

    [Fact]
    public void The_patient_decides_and_nobody_else_closes_blocks_or_opposes()
    {
        PolicyChange[] own =
        [
            new PolicyChange.Open(Signed), new PolicyChange.Close("n'en veut plus"), new PolicyChange.Record(Signed), new PolicyChange.Block("8", true),
            new PolicyChange.DeclareAttending("8"), new PolicyChange.Oppose(true, null), Masking,
        ];
        own.Should().OnlyContain(change => Decide(Patient, change).Allowed);
        Decide(Doctor, new PolicyChange.Close("x")).RuleId.Should().Be("ACC-243");
        Decide(Doctor, new PolicyChange.Block("8", true)).RuleId.Should().Be("ACC-243");
        Decide(Doctor, new PolicyChange.Oppose(true, true)).RuleId.Should().Be("ACC-243");
        Decide(Doctor, new PolicyChange.DeclareAttending(Doctor.Id)).RuleId.Should().Be("ACC-243");
        PolicyRules.Decide(APolicy.Question(Doctor, APolicy.Open()), null).RuleId.Should().Be("ACC-243", "a professional does not look through them");
    }

    [Fact]
    public void A_patient_changes_nothing_of_another() =>
        PolicyRules.Decide(APolicy.Question(AnActor.Patient(APatient.Number(2).Ins), APolicy.Open()) with { OwnKeys = [] }, new PolicyChange.Close("x"))
            .RuleId.Should().Be("ACC-111");

    [Fact]
    public void Collecting_consent_is_an_explicit_act_with_evidence_and_for_oneself()
    {
        Decide(Doctor, new PolicyChange.Record(Signed)).RuleId.Should().Be("ACC-241");
        Decide(Doctor, new PolicyChange.Record(Signed with { Evidence = " " })).RuleId.Should().Be("ACC-242");
        Decide(Doctor, new PolicyChange.Open(Signed with { Evidence = null })).RuleId.Should().Be("ACC-242");
        Decide(Doctor, new PolicyChange.Record(Signed with { Grantee = new Grantee(GranteeKind.Professional, "810100997245") })).RuleId.Should().Be("ACC-244");
        Decide(Doctor, new PolicyChange.Record(Signed with { Grantee = Grantee.Everyone })).RuleId.Should().Be("ACC-244");
        Decide(Doctor with { Authentication = Authentication.Indirect }, new PolicyChange.Record(Signed)).RuleId.Should().Be("ACC-245");
        PolicyRules.Decide(APolicy.Question(Doctor, APolicy.Open() with { Blocked = [Doctor.Id] }), new PolicyChange.Record(Signed))
            .RuleId.Should().Be("ACC-200", "a blocked professional never gets in, with or without a later oral consent");
    }

    [Fact]
    public void INVISIBLE_PATIENT_is_set_and_announced_by_professionals_alone()
    {
        var mask = new PolicyChange.SetMask(Masking.Mask with { Visibility = Visibility.InvisiblePatient });
        Decide(Patient, mask).RuleId.Should().Be("ACC-248");
        Decide(Patient, new PolicyChange.RemoveMask(mask.Mask.Target, Visibility.InvisiblePatient)).RuleId.Should().Be("ACC-248");
        PolicyRules.Decide(APolicy.Question(Doctor, APolicy.Open(Signed)), mask).RuleId.Should().Be("ACC-247");
        Decide(Doctor, mask).Should().Be(PolicyDecision.Refuse("ACC-220", "CONSENT_REQUIRED"), "who may not read masks nothing");
    }

    [Fact]
    public void A_representative_decides_for_a_minor_but_not_about_what_the_minor_hides()
    {
        var question = APolicy.Question(Patient with { Representative = "parent-1" }, APolicy.Open());
        var child = question with { BirthDate = FhirDate.Parse("2015-01-01") };

        PolicyRules.Decide(question, Masking).RuleId.Should().Be("ACC-114");
        PolicyRules.Decide(child, Masking).Allowed.Should().BeTrue();
        PolicyRules.Decide(child, new PolicyChange.RemoveMask(Masking.Mask.Target, Visibility.InvisibleRepresentantsLegaux)).RuleId.Should().Be("ACC-243");
    }

    [Theory]
    [InlineData(ActorRole.Analyst, "ACC-101")]
    [InlineData(ActorRole.RegionOperator, "ACC-102")]
    [InlineData(ActorRole.NationalOperator, "ACC-103")]
    [InlineData(ActorRole.Dpo, "ACC-104")]
    internal void Other_roles_change_nothing(ActorRole role, string rule) => Decide(AnActor.Of(role), Masking).RuleId.Should().Be(rule);

    private static PolicyDecision Decide(Actor actor, PolicyChange change) => PolicyRules.Decide(APolicy.Question(actor, APolicy.Open()), change);
}
