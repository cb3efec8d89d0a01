using System.Text;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Audit.Balp;
using DmpFederation.TestKit;
using FluentAssertions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;

// A missing part of the parsed event fails the test by itself.
#nullable disable

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>Each export line is a FHIR AuditEvent with what the BALP profiles ask for.</summary>
public sealed class BalpEventTests
{
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private static readonly FhirJsonDeserializer Reader = new();

    [Fact]
    public void A_reading_is_a_patient_query_with_both_ends_the_person_the_patient_and_every_fact()
    {
        var record = ARecord.OfAReading(entries: 3) with { Mode = "CENTRE_15", Ticket = "t-1", Reason = "Appel du SAMU" };
        var audited = Parse(record);

        audited.Meta.Profile.Should().Equal("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientQuery");
        (audited.Type.System, audited.Type.Code).Should().Be(("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest"));
        audited.Subtype.Should().Contain(one => one.System == "http://hl7.org/fhir/restful-interaction" && one.Code == "search");
        (audited.Action, audited.Outcome).Should().Be((AuditEvent.AuditEventAction.E, AuditEvent.AuditEventOutcome.N0));
        audited.PurposeOfEvent.Single().Coding.Single().Code.Should().Be("BTG");

        var user = audited.Agent.Single(static agent => agent.Requestor == true);
        (user.Who.Identifier.System, user.Who.Identifier.Value, user.Who.Display)
            .Should().Be(("urn:oid:1.2.250.1.71.4.2.1", "899700218896", "Anne ESSAI"));
        user.PurposeOfUse.Single().Coding.Single().Code.Should().Be("BTG");
        user.Role.Single().Coding.Single().Code.Should().Be("10");
        End(audited, "110152").Who.Identifier.Value.Should().Be("portail", "data flows to the portal");
        End(audited, "110153").Who.Display.Should().Be("dmp-federation");
        audited.Agent.Should().Contain(static agent => agent.Who.Identifier != null && agent.Who.Identifier.Value == "1690781810");

        var patient = audited.Entity.Single(static entity => entity.Role?.Code == "1");
        (patient.Type.Code, $"{patient.What.Identifier.System}|{patient.What.Identifier.Value}").Should().Be(("1", APatient.Known().Ins.ToWire()));
        var query = audited.Entity.Single(static entity => entity.Role?.Code == "24");
        Encoding.UTF8.GetString(query.Query).Should().Be("DOSSIER_READ?purpose=TREATMENT");
        audited.Entity.Where(static entity => entity.Role?.Code == "4").Select(static entity => entity.What.Identifier.Value)
            .Should().Equal(ARecord.Id(1_000), ARecord.Id(1_001), ARecord.Id(1_002));
        audited.Entity.Should().Contain(entity => entity.Type.Code == "XrequestId" && entity.What.Identifier.Value == record.CorrelationId);
    }

    [Fact]
    public void Every_action_with_every_outcome_is_a_valid_AuditEvent_with_the_roles_of_its_pattern()
    {
        var everything =
            from action in Enum.GetValues<AuditAction>()
            from outcome in Enum.GetValues<AuditOutcome>()
            from patient in new[] { true, false }
            select (action, outcome, patient);
        foreach (var (action, outcome, patient) in everything)
        {
            var audited = Parse(ARecord.OfAReading(entries: 1) with
            {
                Action = action,
                Outcome = outcome,
                Code = outcome == AuditOutcome.Served ? null : "ACCESS_REFUSED",
                Patient = patient ? APatient.Known().Ins : null,
            });
            audited.Recorded.Should().NotBeNull();
            audited.Source.Observer.Display.Should().NotBeNullOrEmpty();
            audited.Agent.Count(static agent => agent.Requestor == true).Should().Be(1);
            End(audited, "110152").Network.Should().NotBeNull();
            End(audited, "110153").Network.Should().NotBeNull();
            audited.Entity.Count(static entity => entity.Role?.Code == "1").Should().Be(patient ? 1 : 0);
            if (action == AuditAction.TokenRefused)
                continue;
            var profile = audited.Meta.Profile.Single();
            profile.Contains(".Patient", StringComparison.Ordinal).Should().Be(patient);
            // A query is told by its text, any other pattern by the data it is about.
            audited.Entity.Any(static entity => entity.Query is not null).Should().Be(profile.EndsWith("Query", StringComparison.Ordinal));
            audited.Entity.Should().Contain(static entity => entity.Query != null || (entity.Role != null && entity.Role.Code == "4"));
        }
    }

    [Fact]
    public void Nobody_known_is_said_to_be_nobody()
    {
        var audited = Parse(new AuditRecord { Action = AuditAction.TokenRefused, Actor = AuditActor.Unknown, Outcome = AuditOutcome.Refused });
        audited.Agent.Single(static agent => agent.Requestor == true).Who.Identifier.Value.Should().Be("unknown");
        audited.Outcome.Should().Be(AuditEvent.AuditEventOutcome.N4);
    }

    private static AuditEvent Parse(AuditRecord record)
    {
        var line = AuditLine.Of(record, "c");
        (line.Chain, line.Seq, line.At) = ("0123456789abcdef", 7, 1_254_384_000_000);
        var audited = Reader.Deserialize<AuditEvent>(BalpEvent.Print(line));
        return audited;
    }

    private static AuditEvent.AgentComponent End(AuditEvent audited, string role) =>
        audited.Agent.Single(agent => agent.Type?.Coding.Any(coding => coding.System == Dicom && coding.Code == role) == true);
}
