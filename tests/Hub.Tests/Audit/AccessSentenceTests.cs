using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Shown;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

public sealed class AccessSentenceTests
{
    [Fact]
    public void The_reader_is_the_person_with_profession_organisation_and_software() =>
        Of(ARecord.OfAReading()).Should().Be(
            "Anne ESSAI, médecin (Cabinet des Charmes) a consulté votre dossier (50 éléments affichés) pour vos soins, avec le logiciel « portail ».");

    [Fact]
    public void A_refusal_says_so_with_its_rule() =>
        Of(ARecord.OfAReading() with { Action = AuditAction.DossierRefused, Outcome = AuditOutcome.Refused, Rule = "ACC-230" }).Should().Be(
            "Anne ESSAI, médecin (Cabinet des Charmes) a demandé à consulter votre dossier ; l'accès a été refusé pour vos soins, "
            + "avec le logiciel « portail ». Règle appliquée : ACC-230.");

    [Fact]
    public void Breaking_glass_shows_its_reason() =>
        Of(ARecord.OfAReading(entries: 1) with { Mode = "BRIS_DE_GLACE", Reason = "Patient inconscient", Purpose = "EMERGENCY" }).Should().Be(
            "Anne ESSAI, médecin (Cabinet des Charmes) a consulté votre dossier (1 élément affiché) en urgence, en bris de glace au motif "
            + "« Patient inconscient », avec le logiciel « portail ».");

    [Fact]
    public void Whom_a_structure_vouches_for_is_said_to_be_vouched_for() =>
        Of(ARecord.OfAReading(entries: 0) with
        {
            Actor = ARecord.Doctor with { Name = null, Authentication = "INDIRECT", OrganizationName = null, ClientId = null, Profession = "60" },
        }).Should().Be(
            "Le professionnel n° 899700218896, infirmier (structure n° 1690781810), identité attestée par sa structure a consulté votre dossier "
            + "sans en afficher d'élément pour vos soins.");

    [Fact]
    public void The_patient_is_you() =>
        Of(new AuditRecord { Action = AuditAction.AccessLogRead, Actor = new AuditActor { Role = "PATIENT", Id = "patient-1", Name = "Zoé ESSAI" } })
            .Should().Be("Vous avez consulté l'historique des accès à votre dossier.");

    [Fact]
    public void No_sentence_names_the_hub()
    {
        var everything = from action in Enum.GetValues<AuditAction>() from outcome in Enum.GetValues<AuditOutcome>() select (action, outcome);
        foreach (var (action, outcome) in everything)
        {
            Of(ARecord.OfAReading() with { Action = action, Outcome = outcome, Patient = APatient.Known().Ins })
                .Should().StartWith("Anne ESSAI").And.NotContainAny("hub", "DmpFederation").And.EndWith(".");
        }
    }

    private static string Of(AuditRecord record) => AccessSentence.Of(AuditLine.Of(record, "c"), record.Entries.Count);
}
