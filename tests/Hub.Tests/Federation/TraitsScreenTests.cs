using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.Identity.Traits;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation;

/// <summary>Who speaks of somebody else is kept out of that patient's dossier and named.</summary>
public sealed class TraitsScreenTests
{
    private static readonly TestPatient Patient = APatient.Known();
    private static readonly PatientTraits Right = Patient.Traits;
    private static readonly PatientTraits Other = APatient.Number(2).Traits;
    private static readonly PatientTraits Third = APatient.Number(45).Traits;
    private readonly FederationBuilder hub = new();

    [Fact]
    public async Task A_source_that_files_somebody_else_under_the_number_is_kept_out_and_named()
    {
        var dossier = await hub
            .With("dp", Says([AnEntry.Dispensation()]))
            .With("picardie", Says([AnEntry.HbA1c()], (Right, null)))
            .With("reseau-diabete", Says([AnEntry.HbA1c(9)], (Other, null)))
            .AskAsync();

        dossier.Entries.Should().HaveCount(2);
        dossier.Entries.Should().OnlyContain(fact => fact.Origins.All(origin => origin.SourceId != "reseau-diabete"));
        dossier.Complete.Should().BeFalse();
        dossier.Sources[2].Should().BeEquivalentTo(
            new { SourceId = "reseau-diabete", Status = SourceStatus.Quarantined, Reason = "TRAITS_MISMATCH", EntryCount = 0, IsComplete = false });
        dossier.Sources.Take(2).Should().OnlyContain(source => source.Status == SourceStatus.Answered);
        var disagreement = dossier.Disagreements.Should().ContainSingle().Which;
        disagreement.Should().BeEquivalentTo(
            new { SourceId = "reseau-diabete", DocumentLocalId = (string?)null, RuleId = "IDV-201", KeptOut = true });
        disagreement.Differences.Should().Contain(new TraitDifference(IdentityTrait.BirthDate, "IDV-130"));
        hub.Work.Items.Should().ContainSingle("the identity steward has to look at it").Which.Should().BeEquivalentTo(
            new { SourceId = "reseau-diabete", Patient = Patient.Ins.Key, DocumentLocalId = (string?)null, RuleId = "IDV-201" });
    }

    [Fact]
    public async Task Only_the_document_that_names_another_person_is_kept_out_with_its_facts()
    {
        var dossier = await hub.With("franche-comte", Says(
                [
                    AnEntry.Paper("urn:oid:1").Named("d1"), AnEntry.HbA1c() with { Document = "d1" },
                    AnEntry.Paper("urn:oid:2").Named("d2"), AnEntry.HbA1c(9) with { Document = "d2" },
                    AnEntry.Paper("urn:oid:3").Named("d3"),
                ],
                (Right, "d1"), (Other, "d2")))
            .AskAsync();

        dossier.Entries.SelectMany(fact => fact.Origins).Should().HaveCount(3)
            .And.OnlyContain(origin => origin.Entry.LocalId != "d2" && origin.Entry.DocumentLocalId != "d2");
        dossier.Sources[0].Should().BeEquivalentTo(
            new { Status = SourceStatus.Partial, Reason = "TRAITS_MISMATCH", EntryCount = 3, IsComplete = false });
        dossier.Disagreements.Should().ContainSingle().Which.DocumentLocalId.Should().Be("d2");
    }

    [Fact]
    public async Task A_store_of_which_every_document_names_another_person_is_kept_out_whole()
    {
        var dossier = await hub.With("franche-comte", Says(
                [AnEntry.Paper("urn:oid:1").Named("d1"), AnEntry.Paper("urn:oid:2").Named("d2"), AnEntry.Paper("urn:oid:3").Named("unnamed")],
                (Other, "d1"), (Other, "d2")))
            .AskAsync();

        dossier.Entries.Should().BeEmpty();
        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Quarantined, Reason = "TRAITS_MISMATCH" });
    }

    [Fact]
    public async Task The_other_patients_of_a_list_keep_the_source()
    {
        var second = APatient.Number(2);
        hub.With("picardie", Behaviour.Ends(call => call.Outcome(
            SourceStatus.Answered, null, AnEntry.HbA1c(), AnEntry.HbA1c().For(second.Ins.Key)) with
        {
            Found = [new PatientFound(Patient.Ins.Key, Third), new PatientFound(second.Ins.Key, second.Traits)],
        }));
        var dossiers = await hub.SendAsync(FederationBuilder.ADossierRequest(null, Patient.Ins, second.Ins));

        ((DossierAnswer)dossiers[0]).Sources[0].Reason.Should().Be("TRAITS_MISMATCH");
        var kept = (DossierAnswer)dossiers[1];
        kept.Complete.Should().BeTrue();
        kept.Entries.Should().ContainSingle();
        kept.Disagreements.Should().BeEmpty();
    }

    [Fact]
    public async Task A_tolerated_difference_is_told_once_and_keeps_nothing_out()
    {
        var shortened = Right with { BirthName = "ESSAI-DUPONT" };
        var dossier = await hub.With("franche-comte", Says([AnEntry.HbA1c()], (shortened, "d1"), (shortened, "d2"), (Right, "d3"))).AskAsync();

        dossier.Complete.Should().BeTrue();
        dossier.Disagreements.Should().ContainSingle().Which
            .Should().BeEquivalentTo(new { SourceId = "franche-comte", DocumentLocalId = (string?)null, RuleId = (string?)null, KeptOut = false });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_certified_identity_the_majority_of_the_sources_decides(bool several)
    {
        hub.Identities.Instead = (_, _) => Task.FromResult(several ? CertifiedIdentity.Several : CertifiedIdentity.Unavailable);
        var dossier = await hub
            .With("a", Says([AnEntry.HbA1c()], (Other, null)))
            .With("b", Says([AnEntry.HbA1c()], (Right, null)))
            .With("c", Says([AnEntry.Dispensation()], (Right with { BirthPlaceCode = null }, null)))
            .AskAsync();

        dossier.Sources.Select(source => source.Reason).Should().Equal("TRAITS_MISMATCH", null, null);
        dossier.Entries.Should().OnlyContain(fact => fact.Origins.All(origin => origin.SourceId != "a"));
    }

    [Fact]
    public async Task Without_a_certified_identity_and_a_majority_all_is_shown_and_the_doubt_is_said()
    {
        hub.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        var dossier = await hub
            .With("a", Says([AnEntry.HbA1c()], (Other, null)))
            .With("b", Says([AnEntry.HbA1c()], (Right, null)))
            .With("silent", Says([AnEntry.Dispensation()]))
            .AskAsync();

        dossier.Sources.Take(2).Should().OnlyContain(source => source.Status == SourceStatus.Partial && source.Reason == "TRAITS_DISPUTED");
        dossier.Sources[2].Status.Should().Be(SourceStatus.Answered);
        dossier.Complete.Should().BeFalse();
        dossier.Entries.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Without_a_certified_identity_a_stray_document_among_many_is_kept_out()
    {
        hub.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        var dossier = await hub.With("franche-comte", Says(
                [AnEntry.Paper("urn:oid:1").Named("d1"), AnEntry.Paper("urn:oid:2").Named("d2"), AnEntry.Paper("urn:oid:3").Named("d3")],
                (Right, "d1"), (Right, "d2"), (Other, "d3")))
            .AskAsync();

        dossier.Entries.Should().HaveCount(2);
        dossier.Sources[0].Should().BeEquivalentTo(new { Status = SourceStatus.Partial, Reason = "TRAITS_MISMATCH" });
    }

    [Fact]
    public async Task A_source_that_agrees_with_two_that_exclude_each_other_is_no_majority()
    {
        hub.Identities.Instead = static (_, _) => Task.FromResult(CertifiedIdentity.Unavailable);
        var dossier = await hub
            .With("a", Says([AnEntry.HbA1c()], (Other, null)))
            .With("b", Says([AnEntry.HbA1c()], (Right, null)))
            .With("c", Says([AnEntry.Dispensation()], (new PatientTraits { BirthName = "ESSAI" }, null)))
            .AskAsync();

        dossier.Sources.Select(source => source.Reason).Should().Equal("TRAITS_DISPUTED", "TRAITS_DISPUTED", null);
    }

    [Fact]
    public void A_source_that_names_thousands_of_persons_costs_no_quadratic_time()
    {
        var crowd = Enumerable.Range(0, 20_000).Select(number => new PatientFound(
            Patient.Ins.Key, Right with { BirthName = $"NOM{number}", BirthDate = FhirDate.Parse($"{1900 + (number % 100)}") }, $"d{number}"));
        var right = new PatientFound(Patient.Ins.Key, Right);

        var screen = TraitsScreen.Of(CertifiedIdentity.Unavailable, [new SourceStatements("crowd", [.. crowd]), new SourceStatements("b", [right])]);

        screen[0].IsDisputed.Should().BeTrue();
    }

    private static Func<ReadCall, Task<SourceOutcome>> Says(DossierEntry[] entries, params (PatientTraits Traits, string? Document)[] found) =>
        Behaviour.Ends(call => call.Outcome(SourceStatus.Answered, null, entries) with
        {
            Found = [.. found.Select(one => new PatientFound(Patient.Ins.Key, one.Traits, one.Document))],
        });
}
