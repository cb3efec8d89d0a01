using CsCheck;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Masking;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Hub.Tests.Federation.Merge;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>Laws of what is seen, over small worlds in which nearly everything collides: copies, documents, stays, labels, masks, roles.</summary>
public sealed class VisibilityPropertyTests
{
    private static readonly string[] Sources = ["a", "b", "c"];
    private static readonly RecordMerger Merger = new(ClinicalKeys.Default);
    private static readonly TestPatient Patient = APatient.Known();

    private static readonly Gen<AnEntry> Kinds = Gen.OneOf(
        Gen.Select(Gen.OneOf(7.2m, 7.25m, 9m), Gen.OneOf("4548-4", "2345-7"), static (value, loinc) => AnEntry.Result(loinc, value, "%")),
        Gen.OneOf("3400935955838", "3595583").Select(static cip => AnEntry.Dispensation(cip)),
        Gen.OneOf("E11", "J18.9").Select(static code => AnEntry.Problem(code)),
        Gen.Select(Gen.OneOf("u1", "u2"), Gen.OneOf("34112-3", "11502-2"), static (id, type) => AnEntry.Paper(id) with
        {
            Codings = [new Coding("http://loinc.org", type)],
        }),
        Gen.Const(AnEntry.Of(EntryCategory.Encounter, "Encounter") with { Identifiers = [new("urn:oid:1.2", "stay")] }));

    private static readonly Gen<(string Source, AnEntry Entry)> Held = Gen.Select(
        Gen.OneOf(Sources), Kinds, Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 19], Gen.Int[0, 5],
        static (source, kind, local, document, label, author) => (source, kind with
        {
            LocalId = $"{kind.ResourceType}/{local}",
            Document = document < 4 && kind.Category != EntryCategory.Document ? $"DocumentReference/{document}" : null,
            Stay = document is 5 or 6 ? $"Encounter/{document - 5}" : null,
            Confidentiality = label switch { 0 => ["MASQUE_PS"], 1 => ["INVISIBLE_PATIENT"], 2 => ["N", "INVISIBLE_REP_LEGAUX"], _ => [] },
            Author = author < 2 ? new EntryAuthor(author == 0 ? AnActor.Doctor().Id : "801234567897", "Dr") : null,
        }));

    private static readonly Gen<Mask> Masks = Gen.Select(
        Gen.Int[0, 4], Gen.OneOf(Sources), Held, Gen.OneOf(Enum.GetValues<Visibility>()), Gen.Int[0, 5],
        static (kind, source, held, visibility, lift) => APolicy.Masked(
            kind switch
            {
                0 => new(MaskTargetKind.DocumentType, "34112-3"),
                1 => new(MaskTargetKind.Author, "801234567897"),
                2 => new(MaskTargetKind.Episode, EntryId.Of(source, "Encounter/0")),
                3 when lift < 2 => new(MaskTargetKind.Source, source),
                _ => new(MaskTargetKind.Entry, EntryId.Of(source, held.Entry.LocalId)),
            },
            visibility) with
        {
            Lifts = lift == 5,
        });

    private static readonly Gen<World> Worlds = Gen.Select(
        Held.Array[0, 14], Masks.Array[0, 2], Gen.OneOf("doctor", "pharmacist", "attending", "patient", "representative"),
        Gen.Int[0, 9],
        static (held, masks, reader, misfiled) =>
            new World([.. held.Select(static one => (one.Source, one.Entry.Build()))], masks, reader, misfiled));

    /// <summary>Enforcement is explanation: an entry stands in the facts exactly when its verdict says so.</summary>
    [Fact]
    public void An_entry_is_shown_exactly_when_its_verdict_says_so() => Worlds.Sample(
        world =>
        {
            var run = Run(world, world.Held);
            var shown = run.Facts.SelectMany(static fact => fact.Origins).Select(static origin => origin.EntryId).ToHashSet();
            return world.Held.All(held => run.VerdictOf(EntryId.Of(held.Source, held.Entry.LocalId)) is { } verdict
                && verdict.Visible == shown.Contains(EntryId.Of(held.Source, held.Entry.LocalId)))
                && run.VerdictOf(EntryId.Of("a", "nothing")) is null;
        },
        iter: 100_000);

    [Fact]
    public void What_is_hidden_is_as_if_it_were_absent() => Worlds.Sample(
        world =>
        {
            var run = Run(world, world.Held);
            var left = world.Held.Where(held => run.VerdictOf(EntryId.Of(held.Source, held.Entry.LocalId)) is { Visible: true }
                or { RuleId: AccessRules.OtherPerson }).ToArray();
            var kept = left.Select(static held => EntryId.Of(held.Source, held.Entry.LocalId)).ToHashSet();
            var absent = Run(world with { Masks = [], IsOpen = true }, left);
            return Print(run) == Print(absent) && kept.Count <= world.Held.Length;
        },
        iter: 20_000);

    [Fact]
    public void No_order_of_sources_or_entries_changes_what_is_seen() => Gen.Select(Worlds, Gen.Int[0, int.MaxValue]).Sample(
        (world, seed) =>
        {
            var (one, other) = (Run(world, world.Held), Run(world, MergePropertyTests.Shuffled(world.Held, seed)));
            return Print(one) == Print(other) && world.Held.All(held => one.VerdictOf(EntryId.Of(held.Source, held.Entry.LocalId))
                == other.VerdictOf(EntryId.Of(held.Source, held.Entry.LocalId)));
        },
        iter: 20_000);

    /// <summary>Said once more in the plainest way: a fact of the whole merge with one masked holder is hidden, with what came out of it.</summary>
    [Fact]
    public void Every_holder_of_a_masked_fact_is_hidden_and_every_fact_out_of_a_hidden_document() => Worlds.Sample(
        world =>
        {
            var run = Run(world, world.Held);
            bool IsMasked(string id) => run.VerdictOf(id) is { Visible: false, RuleId: not (AccessRules.MatrixRefuses or AccessRules.OtherPerson) };
            return MergeBench.Merged(world.Held).All(fact => fact.Origins.All(origin => IsMasked(origin.EntryId))
                    || !fact.Origins.Any(origin => IsMasked(origin.EntryId)))
                && world.Held.All(held => held.Entry.DocumentLocalId is not { } document || !IsMasked(EntryId.Of(held.Source, document))
                    || IsMasked(EntryId.Of(held.Source, held.Entry.LocalId)));
        },
        iter: 20_000);

    private static VisibilityRun Run(World world, (string Source, DossierEntry Entry)[] held) => VisibilityRun.Of(
        world.Access,
        Patient.Identity,
        [
            .. held.Select(static one => one.Source).Concat(Sources).Distinct().Select(source => new PatientSlice
            {
                SourceId = source,
                Entries = [.. held.Where(one => one.Source == source).Select(static one => one.Entry)],
                Found = source == "b" && world.Misfiled == 0 ? [new PatientFound(Patient.Ins.Key, APatient.Number(2).Traits)] : [],
                Unreadable = [],
                IsShown = true,
                IsWhole = true,
            }),
        ],
        Merger);

    private static string Print(VisibilityRun run) => MergeBench.Print(run.Facts)
        + string.Join('|', run.Disagreements.Select(static told => told.SourceId).Order());

    private sealed record World((string Source, DossierEntry Entry)[] Held, Mask[] Masks, string Reader, int Misfiled)
    {
        /// <summary>Every label and mask is passed over: what a reader sees of a world in which nothing is hidden.</summary>
        public bool IsOpen { get; init; }

        /// <summary>What a failing case is made of.</summary>
        public override string ToString() => string.Join('\n', Held.Select(static held => $"{held.Source} {held.Entry.LocalId} {held.Entry.Code} "
            + $"{held.Entry.Value} of {held.Entry.DocumentLocalId} in {held.Entry.EncounterLocalId} by {held.Entry.Author?.Id} "
            + $"[{string.Join(',', held.Entry.Confidentiality)}] {EntryId.Of(held.Source, held.Entry.LocalId)}")
            .Concat(Masks.Select(static mask => $"{mask.Target} {mask.Visibility} {mask.Lifts}")).Prepend($"\n{Reader} {Misfiled}"));

        public DossierAccess? Access => IsOpen ? null : AnAccess.Of(
            Reader switch
            {
                "patient" => AnActor.Patient(Patient.Ins),
                "representative" => AnActor.Patient(Patient.Ins) with { Representative = "mother-1" },
                "pharmacist" => AnActor.Doctor() with { Profession = "21" },
                _ => AnActor.Doctor(),
            },
            APolicy.Open(APolicy.Permits(Grantee.Everyone)) with
            {
                Masks = Masks,
                AttendingPhysician = Reader == "attending" ? AnActor.Doctor().Id : null,
            },
            "2015-01-01");
    }
}
