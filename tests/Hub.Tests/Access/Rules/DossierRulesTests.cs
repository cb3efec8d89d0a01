using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access.Rules;

/// <summary>The rules in the terms of the law; each row is one sentence of hub/Access/README.md.</summary>
public sealed class DossierRulesTests
{
    private static readonly Actor Doctor = AnActor.Doctor();
    private static readonly Actor Patient = AnActor.Patient(APatient.Known().Ins);
    private static readonly Actor Regulator = AnActor.Doctor() with { Id = "810100997245", IsRegulator = true };

    [Fact]
    public void Without_an_opened_dossier_nobody_reads_the_patient_included()
    {
        Decide(Doctor, PatientPolicy.None).Should().Be(Refused("ACC-201", "DOSSIER_NOT_OPEN"));
        Decide(Patient, PatientPolicy.None).Should().Be(Refused("ACC-201", "DOSSIER_NOT_OPEN"));
        Decide(Patient, APolicy.Open() with { State = DossierState.Closed }).Should().Be(Refused("ACC-202", "DOSSIER_NOT_OPEN"));
        RuleOf(Patient, APolicy.Open()).Should().Be("ACC-110");
    }

    [Fact]
    public void Consentement_explicite_each_professional_or_structure_needs_an_authorisation()
    {
        Decide(Doctor, APolicy.Open()).Should().Be(Refused("ACC-220", "CONSENT_REQUIRED"));
        RuleOf(Doctor, APolicy.Open(APolicy.Permits(APolicy.To(Doctor)))).Should().Be("ACC-211");
        RuleOf(Doctor, APolicy.Open(APolicy.Permits(new Grantee(GranteeKind.Organization, Doctor.OrganizationId)))).Should().Be("ACC-212");
        RuleOf(Doctor, APolicy.Open(APolicy.Permits(new Grantee(GranteeKind.Profession, "10")))).Should().Be("ACC-214");
        RuleOf(Doctor, APolicy.Open(APolicy.Permits(Grantee.Everyone))).Should().Be("ACC-215");
        Decide(Doctor, APolicy.Open(APolicy.Permits(new Grantee(GranteeKind.Profession, "21")))).Should().Be(Refused("ACC-220", "CONSENT_REQUIRED"));
    }

    [Fact]
    public void An_authorisation_ends_on_its_day_and_a_withdrawal_holds_at_once()
    {
        var yearly = APolicy.Permits(APolicy.To(Doctor)) with { Until = APolicy.Now };
        Decide(Doctor, APolicy.Open(yearly)).Should().Be(Refused("ACC-220", "CONSENT_REQUIRED"));
        RuleOf(Doctor, APolicy.Open(yearly with { Until = APolicy.Now.AddSeconds(1) })).Should().Be("ACC-211");
        Decide(Doctor, APolicy.Open(APolicy.Permits(APolicy.To(Doctor)), APolicy.Refuses(APolicy.To(Doctor))))
            .Should().Be(Refused("ACC-221", "CONSENT_REQUIRED"));
        RuleOf(Doctor, APolicy.Open(APolicy.Refuses(APolicy.To(Doctor)), APolicy.Permits(APolicy.To(Doctor)))).Should().Be("ACC-211");
    }

    [Fact]
    public void A_refusal_of_one_person_outlasts_a_later_consent_to_everyone_and_a_general_withdrawal_ends_every_consent()
    {
        Decide(Doctor, APolicy.Open(APolicy.Refuses(APolicy.To(Doctor)), APolicy.Permits(Grantee.Everyone)))
            .Should().Be(Refused("ACC-221", "CONSENT_REQUIRED"));
        Decide(Doctor, APolicy.Open(APolicy.Permits(APolicy.To(Doctor)), APolicy.Refuses(Grantee.Everyone)))
            .Should().Be(Refused("ACC-221", "CONSENT_REQUIRED"));
        RuleOf(Doctor, APolicy.Open(APolicy.Refuses(Grantee.Everyone), APolicy.Permits(APolicy.To(Doctor)))).Should().Be("ACC-211");
    }

    [Fact]
    public void A_consent_to_one_dossier_opens_that_one_and_a_refusal_of_one_shuts_that_one()
    {
        var one = Allowed(Doctor, APolicy.Open(APolicy.Permits(APolicy.To(Doctor), "dp")));
        one.ForSource("dp", false).Should().Be(new SourceDecision(true, "ACC-211"));
        one.ForSource("picardie", false).Should().Be(new SourceDecision(false, "ACC-220"));

        var without = Allowed(Doctor, APolicy.Open(APolicy.Refuses(Grantee.Everyone, "dp"), APolicy.Permits(APolicy.To(Doctor))));
        without.ForSource("dp", false).Should().Be(new SourceDecision(false, "ACC-221"));
        without.ForSource("picardie", false).Should().Be(new SourceDecision(true, "ACC-211"));
    }

    [Fact]
    public void Equipe_de_soins_is_presumed_since_2016_and_needs_consent_before()
    {
        var team = APolicy.Open() with { CareTeam = [new CareTeamMember(null, Doctor.OrganizationId, APolicy.Now.AddDays(-1), null)] };

        Decide(Doctor, team).Should().Be(Refused("ACC-220", "CONSENT_REQUIRED"));
        RuleOf(Doctor, team, AccessEra.CareTeamPresumed).Should().Be("ACC-216");
        RuleOf(Doctor, team with { Consents = [APolicy.Permits(Grantee.CareTeam)] }).Should().Be("ACC-213");
        Decide(Doctor, team with { Consents = [APolicy.Refuses(APolicy.To(Doctor))] }, AccessEra.CareTeamPresumed)
            .Should().Be(Refused("ACC-221", "CONSENT_REQUIRED"));
        Decide(Doctor with { OrganizationId = "1750712184" }, team, AccessEra.CareTeamPresumed).Should().Be(Refused("ACC-220", "CONSENT_REQUIRED"));
    }

    [Fact]
    public void Since_2022_a_dossier_is_open_unless_opposed_but_only_of_a_known_person()
    {
        var known = new PatientPolicy { Person = APolicy.Open().Person, Epoch = 1 };

        RuleOf(Patient, known, AccessEra.OpenUnlessOpposed).Should().Be("ACC-110");
        Decide(Patient, PatientPolicy.None, AccessEra.OpenUnlessOpposed).Should().Be(Refused("ACC-201", "DOSSIER_NOT_OPEN"));
        Decide(Patient, known with { State = DossierState.Closed }, AccessEra.OpenUnlessOpposed).Should().Be(Refused("ACC-202", "DOSSIER_NOT_OPEN"));
    }

    [Fact]
    public void A_blocked_professional_never_gets_in_with_consent_as_medecin_traitant_or_by_breaking_glass()
    {
        var policy = APolicy.Open(APolicy.Permits(APolicy.To(Doctor))) with
        {
            Blocked = [Doctor.Id],
            AttendingPhysician = Doctor.Id,
            Tickets = [APolicy.Ticket(Doctor)],
        };

        Decide(Doctor, policy).Should().Be(Refused("ACC-200", "ACCESS_REFUSED"));
        DossierRules.Decide(APolicy.Question(Doctor, policy) with { Ticket = "ticket-1" }).Should().Be(Refused("ACC-200", "ACCESS_REFUSED"));
        Decide(Doctor, policy with { Blocked = [Doctor.Id[1..]] }).Should().Be(Refused("ACC-200", "ACCESS_REFUSED"), "the bare RPPS is the same person");
    }

    [Fact]
    public void The_declared_medecin_traitant_reads_unless_refused()
    {
        RuleOf(Doctor, APolicy.Open() with { AttendingPhysician = Doctor.Id }).Should().Be("ACC-210");
        Decide(Doctor, APolicy.Open(APolicy.Refuses(APolicy.To(Doctor))) with { AttendingPhysician = Doctor.Id })
            .Should().Be(Refused("ACC-221", "CONSENT_REQUIRED"));
    }

    [Fact]
    public void A_profession_outside_the_matrix_reads_nothing_whatever_the_patient_said() =>
        Decide(Doctor with { Profession = "999" }, APolicy.Open(APolicy.Permits(Grantee.Everyone))).Should().Be(Refused("ACC-203", "ACCESS_REFUSED"));

    [Fact]
    public void Bris_de_glace_opens_to_its_holder_for_its_time()
    {
        var policy = APolicy.Open() with { Tickets = [APolicy.Ticket(Doctor)] };
        AccessDecision With(Actor actor, string ticket, PatientPolicy on, double minutes = 0) =>
            DossierRules.Decide(APolicy.Question(actor, on) with { Ticket = ticket, At = APolicy.Now.AddMinutes(minutes) });

        With(Doctor, "ticket-1", policy).RuleId.Should().Be("ACC-230");
        With(Doctor, "ticket-2", policy).Should().Be(Refused("ACC-231", "BREAK_GLASS_REFUSED"));
        With(Doctor, "ticket-1", policy, 50).Should().Be(Refused("ACC-232", "BREAK_GLASS_REFUSED"));
        With(Regulator, "ticket-1", policy).Should().Be(Refused("ACC-238", "BREAK_GLASS_REFUSED"));
        With(Doctor, "ticket-1", policy with { OpposesBreakGlass = true }).Should().Be(Refused("ACC-233", "BREAK_GLASS_REFUSED"));
        With(Doctor, "ticket-1", policy with { OpposesRegulation = true }).RuleId.Should().Be("ACC-230", "the two oppositions are separate");
        With(Doctor, "ticket-1", policy with { State = DossierState.Closed }).Should().Be(Refused("ACC-202", "DOSSIER_NOT_OPEN"));
    }

    [Fact]
    public void A_source_may_refuse_break_glass_by_charter_and_a_ticket_may_name_its_dossiers()
    {
        var ticket = APolicy.Ticket(Doctor) with { Sources = ["dp"] };
        var decision = DossierRules.Decide(APolicy.Question(Doctor, APolicy.Open() with { Tickets = [ticket] }) with { Ticket = ticket.Id });
        var access = ((AccessDecision.Allowed)decision).Access!;

        access.ForSource("dp", false).Should().Be(new SourceDecision(true, "ACC-230"));
        access.ForSource("dp", true).Should().Be(new SourceDecision(false, "ACC-237"));
        access.ForSource("picardie", false).Should().Be(new SourceDecision(false, "ACC-236"));
    }

    [Fact]
    public void Centre_15_is_for_those_who_regulate_calls_with_a_card_of_their_own()
    {
        PolicyDecision Open(Actor actor, PatientPolicy policy) =>
            PolicyRules.DecideBreakGlass(APolicy.Question(actor, policy), EmergencyMode.Centre15);

        Open(Regulator, APolicy.Open()).Should().Be(PolicyDecision.Allow("ACC-250"));
        Open(Doctor, APolicy.Open()).RuleId.Should().Be("ACC-234");
        Open(Regulator with { Authentication = Authentication.Indirect }, APolicy.Open()).RuleId.Should().Be("ACC-235");
        Open(Regulator, APolicy.Open() with { OpposesRegulation = true }).RuleId.Should().Be("ACC-233");
        Open(Regulator, APolicy.Open() with { Blocked = [Regulator.Id] }).RuleId.Should().Be("ACC-200");
        Open(Regulator, PatientPolicy.None).Should().Be(PolicyDecision.Refuse("ACC-201", "DOSSIER_NOT_OPEN"));
        Open(Patient, APolicy.Open()).RuleId.Should().Be("ACC-251");
    }

    [Fact]
    public void A_legal_representative_reads_for_a_minor_and_for_nobody_whose_age_is_not_known()
    {
        var parent = Patient with { Representative = "parent-1" };
        var question = APolicy.Question(parent, APolicy.Open());

        DossierRules.Decide(question).Should().Be(Refused("ACC-114", "ACCESS_REFUSED"));
        DossierRules.Decide(question with { BirthDate = Sdk.FhirDate.Parse("2008-03-02") }).Should().Be(Refused("ACC-114", "ACCESS_REFUSED"));
        DossierRules.Decide(question with { BirthDate = Sdk.FhirDate.Parse("2008-03-03") }).RuleId.Should().Be("ACC-110");
    }

    private static AccessDecision Decide(Actor actor, PatientPolicy policy, AccessEra era = AccessEra.ExplicitConsent) =>
        DossierRules.Decide(APolicy.Question(actor, policy, era));

    private static string RuleOf(Actor actor, PatientPolicy policy, AccessEra era = AccessEra.ExplicitConsent) =>
        Decide(actor, policy, era).Should().BeOfType<AccessDecision.Allowed>().Which.RuleId;

    private static DossierAccess Allowed(Actor actor, PatientPolicy policy) => ((AccessDecision.Allowed)Decide(actor, policy)).Access!;

    private static AccessDecision.Refused Refused(string rule, string code) => new(rule, code);
}
