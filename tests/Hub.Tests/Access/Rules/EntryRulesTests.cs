using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access.Rules;

/// <summary>Masks, labels and the matrix, entry by entry.</summary>
public sealed class EntryRulesTests
{
    private static readonly Actor Doctor = AnActor.Doctor();
    private static readonly Actor Pharmacist = AnActor.Doctor() with { Id = "810101451689", Profession = "21", Specialty = null };
    private static readonly Actor Patient = AnActor.Patient(APatient.Known().Ins);

    private static readonly EntrySubject Report = new()
    {
        SourceId = "franche-comte",
        EntryId = "e1",
        Category = EntryCategory.Document,
        DocumentType = new Coding("http://loinc.org", "11502-2"),
        DocumentEntryId = null,
        AuthorId = "10000336601",
        EpisodeEntryId = "stay",
        Labels = [],
    };

    [Theory]
    [InlineData(MaskTargetKind.Entry, "e1")]
    [InlineData(MaskTargetKind.DocumentType, "11502-2")]
    [InlineData(MaskTargetKind.DocumentType, "http://loinc.org|11502-2")]
    [InlineData(MaskTargetKind.Author, "810000336601")]
    [InlineData(MaskTargetKind.Episode, "stay")]
    [InlineData(MaskTargetKind.Source, "franche-comte")]
    internal void MASQUE_PS_hides_from_professionals_and_not_from_the_patient(MaskTargetKind kind, string id)
    {
        var policy = Readable(APolicy.Masked(new MaskTarget(kind, id)));

        Judge(Doctor, policy, Report).Should().Be(new EntryDecision(false, "ENT-310") { IsMasked = true });
        Judge(Pharmacist, policy, Report).IsMasked.Should().BeTrue();
        Judge(Patient, policy, Report).Should().Be(new EntryDecision(true, "ENT-301"));
        Judge(Doctor, policy, Report with { EntryId = "other", DocumentType = null, AuthorId = null, EpisodeEntryId = null, SourceId = "dp" })
            .Visible.Should().BeTrue("the mask is on something else");
    }

    [Fact]
    public void A_mask_on_a_document_reaches_the_facts_out_of_it_and_every_origin_it_was_found_on()
    {
        var policy = Readable(APolicy.Masked(new MaskTarget(MaskTargetKind.Entry, "doc")) with { Reach = ["copy"] });

        Judge(Doctor, policy, Report with { EntryId = "fact", DocumentEntryId = "doc" }).IsMasked.Should().BeTrue();
        Judge(Doctor, policy, Report with { EntryId = "copy" }).IsMasked.Should().BeTrue();
        Judge(Doctor, policy, Report with { EntryId = "copied fact", DocumentEntryId = "copy" }).IsMasked.Should().BeTrue();
    }

    [Fact]
    public void The_author_and_the_medecin_traitant_keep_sight_of_what_is_masked_unless_switched_off()
    {
        var policy = Readable(APolicy.Masked(new MaskTarget(MaskTargetKind.Entry, "e1"))) with { AttendingPhysician = Doctor.Id };

        Judge(Doctor, policy, Report).Should().Be(new EntryDecision(true, "ENT-312"));
        Judge(Doctor with { Id = "810000336601" }, policy, Report).Should().Be(new EntryDecision(true, "ENT-311"));
        var strict = Access(Doctor, policy) with { Law = APolicy.Law() with { AttendingSeesMasked = false, AuthorSeesMasked = false } };
        strict.ForEntry(Report).IsMasked.Should().BeTrue();
        (strict with { Actor = Doctor with { Id = "810000336601" } }).ForEntry(Report).IsMasked.Should().BeTrue();
    }

    [Fact]
    public void Break_glass_lifts_no_mask_and_opens_emergency_types_beyond_the_profession()
    {
        var masked = Readable(APolicy.Masked(new MaskTarget(MaskTargetKind.Entry, "e1"))) with
        {
            AttendingPhysician = Doctor.Id,
            Tickets = [APolicy.Ticket(Doctor), APolicy.Ticket(Pharmacist) with { Id = "ticket-2" }],
        };
        var ambulance = AnActor.Doctor() with { Profession = "36" };
        var synthesis = Report with { EntryId = "e2", DocumentType = new Coding("http://loinc.org", "60591-5") };

        ByTicket(Doctor, masked, "ticket-1").ForEntry(Report).IsMasked.Should().BeTrue("not even for the médecin traitant");
        Judge(ambulance, masked, synthesis).Should().Be(new EntryDecision(false, "ENT-321"));
        ByTicket(ambulance, masked, "ticket-1").ForEntry(synthesis).Should().Be(new EntryDecision(true, "ENT-322"));
        ByTicket(ambulance, masked, "ticket-1").ForEntry(synthesis with { DocumentType = new Coding("http://loinc.org", "83901-9") })
            .Should().Be(new EntryDecision(false, "ENT-321"));
    }

    [Fact]
    public void Labels_of_the_source_count_like_masks_until_they_are_lifted()
    {
        var policy = Readable();
        Judge(Doctor, policy, Report with { Labels = ["MASQUE_PS"] }).IsMasked.Should().BeTrue();
        Judge(Patient, policy, Report with { Labels = ["MASQUE_PS"] }).Visible.Should().BeTrue();
        Judge(Patient, policy, Report with { Labels = ["INVISIBLE_PATIENT"] }).Should().Be(new EntryDecision(false, "ENT-302") { IsMasked = true });
        Judge(Doctor, policy, Report with { Labels = ["INVISIBLE_PATIENT"] }).Visible.Should().BeTrue();

        var announced = APolicy.Masked(new MaskTarget(MaskTargetKind.Entry, "e1"), Visibility.InvisiblePatient) with { Lifts = true };
        Judge(Patient, Readable(announced), Report with { Labels = ["INVISIBLE_PATIENT"] }).Visible.Should().BeTrue("the announcement has taken place");
        Judge(Patient, Readable(announced, announced with { Lifts = false, Target = new MaskTarget(MaskTargetKind.Source, "franche-comte") }), Report)
            .IsMasked.Should().BeTrue("a mask of its own is not lifted with the label");
    }

    [Theory]
    [InlineData("INVISIBLE_REPRESENTANTS_LEGAUX")]
    [InlineData("INVISIBLE_REP_LEGAUX")]
    public void What_a_minor_hides_is_hidden_from_the_representatives_alone(string label)
    {
        var parent = Patient with { Representative = "parent-1" };
        var policy = Readable();
        var hidden = Report with { Labels = [label] };

        Judge(parent, policy, hidden).Should().Be(new EntryDecision(false, "ENT-303") { IsMasked = true });
        Judge(Patient, policy, hidden).Visible.Should().BeTrue();
        Judge(Doctor, policy, hidden).Visible.Should().BeTrue();
    }

    [Theory]
    [InlineData("10", "83901-9", true)]
    [InlineData("10", "ATTEST-RESID", false)]
    [InlineData("21", "60593-1", true)]
    [InlineData("21", "83901-9", false)]
    [InlineData("40", "75496-0", false)]
    [InlineData("40", "80788-3", false)]
    [InlineData("40", "11502-2", true)]
    [InlineData("93", "11502-2", false)]
    [InlineData("70", "a code nobody knows", false)]
    [InlineData("10", "a code nobody knows", true)]
    public void The_matrix_decides_on_profession_and_type(string profession, string code, bool readable) =>
        Judge(Doctor with { Profession = profession }, Readable(), Report with { DocumentType = new Coding("any", code) })
            .Should().Be(new EntryDecision(readable, readable ? "ENT-320" : "ENT-321"));

    [Fact]
    public void A_fact_out_of_no_document_is_judged_by_its_category()
    {
        var fact = Report with { DocumentType = null };
        Judge(Doctor with { Profession = "93" }, Readable(), fact with { Category = EntryCategory.LabResult }).Visible.Should().BeFalse();
        Judge(Doctor with { Profession = "93" }, Readable(), fact with { Category = EntryCategory.CarePlan }).Visible.Should().BeTrue();
    }

    private static PatientPolicy Readable(params Mask[] masks) => APolicy.Open(APolicy.Permits(Grantee.Everyone)) with { Masks = masks };

    private static EntryDecision Judge(Actor actor, PatientPolicy policy, in EntrySubject entry) => Access(actor, policy).ForEntry(entry);

    private static DossierAccess Access(Actor actor, PatientPolicy policy) => Access(APolicy.Question(actor, policy));

    private static DossierAccess ByTicket(Actor actor, PatientPolicy policy, string ticket) =>
        Access(APolicy.Question(actor, policy) with { Ticket = ticket });

    private static DossierAccess Access(DossierQuestion question) =>
        ((AccessDecision.Allowed)DossierRules.Decide(question with { BirthDate = FhirDate.Parse("2015-01-01") })).Access!;
}
