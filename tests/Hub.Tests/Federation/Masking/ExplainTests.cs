using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Tests.Federation.Masking.MaskedWorld;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>Why a reader sees an entry or does not, out of the run an answer comes from.</summary>
public sealed class ExplainTests
{
    [Fact]
    public async Task The_patient_learns_which_rule_shows_or_hides_what()
    {
        var world = new MaskedWorld { Masks = [APolicy.Masked(new(MaskTargetKind.Entry, IdOf("DocumentReference/d1")))] };

        (await ExplainAsync(world, "DocumentReference/d1")).Should().Be(new EntryVerdict(false, AccessRules.MaskedToProfessionals));
        (await ExplainAsync(world, "Observation/f1"))
            .Should().Be(new EntryVerdict(false, AccessRules.MaskedToProfessionals), "it came out of the letter");
        (await ExplainAsync(world, "DocumentReference/x1")).Should().Be(new EntryVerdict(false, AccessRules.SameFactMasked));
        (await ExplainAsync(world, "Observation/h1")).Should().Be(new EntryVerdict(false, AccessRules.SameFactMasked));
        (await ExplainAsync(world, "Observation/v1")).Should().Be(new EntryVerdict(true, AccessRules.MatrixAllows));
        (await ExplainAsync(world, "DocumentReference/d1", AnActor.Doctor() with { Id = Author }))
            .Should().Be(new EntryVerdict(true, AccessRules.AuthorSeesMasked));
    }

    [Fact]
    public async Task What_waits_for_the_consultation_does_not_exist_for_the_patient_who_asks()
    {
        var world = new MaskedWorld { Labels = new Dictionary<string, string> { ["Observation/f1"] = VisibilityCodes.InvisiblePatient } };

        (await ExplainAsync(world, "Observation/f1")).Should().BeNull();
        (await ExplainAsync(world, "Observation/h1")).Should().BeNull("its copy does not exist either");
        (await ExplainAsync(world, "Observation/v1")).Should().Be(new EntryVerdict(true, AccessRules.MatrixAllows));
        var reader = Access(world, AnActor.Doctor());
        (await world.Build().Dossiers().ExplainAsync(Patient.Ins, reader, null, IdOf("Observation/f1"), CancellationToken.None))
            .Should().Be(new EntryVerdict(true, AccessRules.MatrixAllows), "the data protection officer may know of it");
    }

    [Fact]
    public async Task An_entry_nobody_gives_is_not_explained() =>
        (await ExplainAsync(new MaskedWorld { Without = new HashSet<string> { "Observation/v1" } }, "Observation/v1")).Should().BeNull();

    [Fact]
    public async Task A_source_the_reader_may_not_ask_and_a_type_the_profession_may_not_read_are_told()
    {
        var world = new MaskedWorld();
        var pharmacist = AnActor.Doctor() with { Profession = "21" };
        var access = Access(world, pharmacist);
        var onlyFhir = AnAccess.Of(pharmacist, APolicy.Open(APolicy.Permits(Grantee.Everyone, "b-fhir")));

        (await ExplainAsync(world, "Observation/v3", onlyFhir)).Should().Be(new EntryVerdict(false, AccessRules.SourceNotAllowed));
        foreach (var (source, entry) in All)
        {
            var verdict = await ExplainAsync(world, entry.LocalId, access);
            var shown = await ShownAsync(world, pharmacist);
            verdict!.Value.Visible.Should().Be(shown.Contains(EntryId.Of(source, entry.LocalId)), "{0} by {1}", entry.LocalId, verdict.Value.RuleId);
        }
    }

    [Fact]
    public async Task What_is_kept_out_as_another_persons_is_told_as_that()
    {
        var hub = new FederationBuilder().With("a", Behaviour.Ends(call => call.Outcome(SourceStatus.Answered, null, AnEntry.HbA1c().Named("x")) with
        {
            Found = [new PatientFound(APatient.Known().Ins.Key, APatient.Number(2).Traits)],
        }));
        var access = AnAccess.Of(AnActor.Doctor(), APolicy.Open(APolicy.Permits(Grantee.Everyone)));

        (await hub.Dossiers().ExplainAsync(APatient.Known().Ins, access, null, EntryId.Of("a", "x"), CancellationToken.None))
            .Should().Be(new EntryVerdict(false, AccessRules.OtherPerson));
    }

    private static Hub.Access.Rules.DossierAccess Access(MaskedWorld world, Actor actor) => AnAccess.Of(actor, world.Policy);

    private static Task<EntryVerdict?> ExplainAsync(MaskedWorld world, string localId, Actor? reader = null) =>
        ExplainAsync(world, localId, Access(world, reader ?? AnActor.Doctor()));

    private static Task<EntryVerdict?> ExplainAsync(MaskedWorld world, string localId, Hub.Access.Rules.DossierAccess reader) =>
        world.Build().Dossiers().ExplainAsync(
            Patient.Ins, reader, Access(world, AnActor.Patient(Patient.Ins)), IdOf(localId), CancellationToken.None);

    private static async Task<HashSet<string>> ShownAsync(MaskedWorld world, Actor reader) =>
        [.. ((DossierAnswer)(await world.Build().SendAsync(new GetDossiers(reader, [Patient.Ins], null, DossierScope.All)))[0])
            .Entries.SelectMany(static fact => fact.Origins).Select(static origin => origin.EntryId)];
}
