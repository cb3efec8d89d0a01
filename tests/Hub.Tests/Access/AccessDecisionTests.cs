using System.Reflection;
using DmpFederation.Hub.Access;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access;

public sealed class AccessDecisionTests
{
    private static readonly TestPatient Patient = APatient.Known();

    public static TheoryData<string, bool, string> Rules => new()
    {
        { "Analyst", false, "ACC-101" },
        { "RegionOperator", false, "ACC-102" },
        { "NationalOperator", false, "ACC-103" },
        { "Dpo", false, "ACC-104" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_role_without_part_in_care_never_reads_a_dossier(string role, bool allowed, string rule)
    {
        foreach (var purpose in Enum.GetValues<Purpose>())
        {
            var decision = AccessDecision.Decide(AnActor.Of(Enum.Parse<ActorRole>(role)), purpose, Patient.Ins, Patient.Traits.Keys);
            (decision is AccessDecision.Allowed, decision.RuleId).Should().Be((allowed, rule));
        }
    }

    [Fact]
    public void A_professional_in_a_situation_d_exercice_reads_for_treatment_and_emergency()
    {
        Decide(AnActor.Doctor(), Purpose.Treatment).Should().Be(new AccessDecision.Allowed("ACC-120"));
        Decide(AnActor.Doctor(), Purpose.Emergency).Should().Be(new AccessDecision.Allowed("ACC-120"));
        Decide(AnActor.Doctor() with { Profession = null }, Purpose.Treatment).Should().Be(new AccessDecision.Refused("ACC-121"));
        Decide(AnActor.Doctor() with { Profession = "" }, Purpose.Treatment).Should().Be(new AccessDecision.Refused("ACC-121"));
        Decide(AnActor.Doctor(), Purpose.PatientRequest).Should().Be(new AccessDecision.Refused("ACC-122"));
        Decide(AnActor.Doctor(), Purpose.Stewardship).Should().Be(new AccessDecision.Refused("ACC-122"));
    }

    [Fact]
    public void A_patient_reads_the_own_dossier_and_no_other()
    {
        var patient = AnActor.Patient(Patient.Ins);

        Decide(patient, Purpose.PatientRequest).Should().Be(new AccessDecision.Allowed("ACC-110"));
        AccessDecision.Decide(patient, Purpose.PatientRequest, APatient.Number(2).Ins, Patient.Traits.Keys)
            .Should().Be(new AccessDecision.Refused("ACC-111"));
        Decide(patient, Purpose.Treatment).Should().Be(new AccessDecision.Refused("ACC-112"));
        Decide(patient with { PatientIns = null }, Purpose.PatientRequest).Should().Be(new AccessDecision.Refused("ACC-113"));
    }

    [Fact]
    public void A_patient_may_ask_under_another_certified_identifier()
    {
        var patient = AnActor.Patient(Patient.Ins);

        AccessDecision.Decide(patient, Purpose.PatientRequest, Patient.InsC, Patient.Traits.Keys).Should().Be(new AccessDecision.Allowed("ACC-110"));
        AccessDecision.Decide(patient, Purpose.PatientRequest, Patient.InsC, []).Should().Be(new AccessDecision.Refused("ACC-111"));
    }

    [Fact]
    public void What_no_rule_knows_is_refused()
    {
        Decide(AnActor.Of((ActorRole)99), Purpose.Treatment).Should().Be(new AccessDecision.Refused("ACC-199"));
        Decide(AnActor.Doctor(), (Purpose)99).Should().BeOfType<AccessDecision.Refused>();
        Decide(AnActor.Patient(Patient.Ins), (Purpose)99).Should().BeOfType<AccessDecision.Refused>();
    }

    [Fact]
    public void Every_rule_has_a_row_in_the_README()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "hub", "Access", "README.md"));
        var ids = typeof(AccessRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
            .ToList();

        ids.Should().OnlyHaveUniqueItems();
        ids.Should().OnlyContain(id => readme.Contains($"| {id} |"));
    }

    private static AccessDecision Decide(Actor actor, Purpose purpose) => AccessDecision.Decide(actor, purpose, Patient.Ins, []);
}
