using CsCheck;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation.Merge;

/// <summary>Laws of the merge over a small world in which nearly everything collides.</summary>
public sealed class MergePropertyTests
{
    private static readonly string?[] Dates =
    [
        "2009-03-12", "2009-03-12T08:15:00+01:00", "2009-03-12T07:15:00Z", "2009-03-12T08:15:40+01:00", "2009-03-11T23:30:00Z",
        "2009-03-12T16:00:00+01:00",
        "2009-03-13", "2009-03", "2009", null,
    ];

    private static readonly (decimal Value, string Unit)[] Values =
        [(7.2m, "%"), (7.25m, "%"), (7.3m, "%"), (55m, "mmol/mol"), (55.2m, "mmol/mol"), (7.2m, "g/L")];

    private static readonly Gen<AnEntry> Kinds = Gen.OneOf(
        Gen.Select(Gen.OneOf(Values), Gen.OneOf("4548-4", "59261-8", "2345-7"), (value, loinc) => AnEntry.Result(loinc, value.Value, value.Unit)),
        Gen.OneOf("3400935955838", "3595583", "3400930000001").Select(cip => AnEntry.Dispensation(cip)),
        Gen.OneOf("A10BA02", "C09AA05").Select(atc => AnEntry.Prescription(atc)),
        Gen.OneOf("E11", "E11.9", "J18.9", "J18").Select(code => AnEntry.Problem(code)),
        Gen.OneOf("Pénicilline", "penicilline", "Iode").Select(AnEntry.AllergyText),
        Gen.OneOf("u1", "u2").Select(AnEntry.Paper),
        Gen.Const(AnEntry.Of(EntryCategory.LabResult, "DiagnosticReport")));

    private static readonly Gen<(string Source, AnEntry Entry)> Held = Gen.Select(
        Gen.OneOf("a", "b", "c"), Kinds, Gen.Int[0, 7], Gen.OneOf(Dates), Gen.Int[0, 15], Gen.OneOf("final", "active", "entered-in-error"),
        Gen.Int[0, 3], (source, kind, local, date, identifier, status, document) => (source, kind with
        {
            LocalId = $"{kind.ResourceType}/{local}",
            Date = date,
            Status = status,
            Version = document == 1 ? "2" : null,
            Document = document < 2 ? null : $"doc{document}",
            Recorded = document == 3 ? new DateTimeOffset(2009, 4, 1, 0, 0, 0, TimeSpan.Zero) : null,
            Identifiers = identifier < 3 ? [.. kind.Identifiers, new BusinessIdentifier("urn:oid:1.2.3", $"x{identifier}")] : kind.Identifiers,
        }));

    private static readonly Gen<(string Source, DossierEntry Entry)[]> Worlds =
        Held.Select(held => (held.Source, held.Entry.Build())).Array[0, 40];

    [Fact]
    public void No_order_of_sources_or_entries_changes_a_byte() =>
        Gen.Select(Worlds, Gen.Int[0, int.MaxValue]).Sample((world, seed) =>
            MergeBench.Print(MergeBench.Merged(world)) == MergeBench.Print(MergeBench.Merged(Shuffled(world, seed))));

    [Fact]
    public void Nothing_is_dropped_and_nothing_stands_twice() => Worlds.Sample(world =>
    {
        var given = world.Select(held => EntryId.Of(held.Source, held.Entry.LocalId)).Distinct().Order(StringComparer.Ordinal);
        var shown = MergeBench.Merged(world).SelectMany(fact => fact.Origins).Select(origin => origin.EntryId).Order(StringComparer.Ordinal);
        return given.SequenceEqual(shown);
    });

    [Fact]
    public void Reading_everything_twice_changes_nothing() =>
        Worlds.Sample(world => MergeBench.Print(MergeBench.Merged(world)) == MergeBench.Print(MergeBench.Merged([.. world, .. world])));

    [Fact]
    public void Merging_the_origins_of_one_fact_gives_that_fact() => Worlds.Sample(world =>
        MergeBench.Merged(world).Where(fact => fact.Conflicts.Count == 0).All(fact =>
            MergeBench.Merged([.. fact.Origins.Select(origin => (origin.SourceId, origin.Entry))]) is [var again] && again.Id == fact.Id
            && again.Origins.Select(origin => origin.EntryId).SequenceEqual(fact.Origins.Select(origin => origin.EntryId))));

    [Fact]
    public void Holders_of_one_fact_are_of_one_kind_and_its_id_is_the_smallest() => Worlds.Sample(world => MergeBench.Merged(world).All(fact =>
        fact.Origins.All(origin => origin.Entry.Category == fact.Lead.Category)
        && fact.Id == fact.Origins.Select(origin => origin.EntryId).Min(StringComparer.Ordinal)
        && fact.Origins.Any(origin => ReferenceEquals(origin.Entry, fact.Lead))));

    [Fact]
    public void The_newest_come_first_and_the_undated_last() => Worlds.Sample(world =>
    {
        var facts = MergeBench.Merged(world);
        return facts.Zip(facts.Skip(1)).All(pair => DossierOrder.NewestFirst(pair.First, pair.Second) < 0);
    });

    [Fact]
    public void A_unit_read_back_from_the_table_is_the_same_measurement() => Gen.Select(
        Gen.OneOf(ClinicalKeysFile.ReadEmbedded().Analytes.Where(analyte => analyte.Units.Count > 1).ToArray()), Gen.Double[0.5, 500])
            .Sample((analyte, canonical) =>
    {
        DossierEntry In(UnitData unit, string loinc) =>
            AnEntry.Result(loinc, decimal.Round((decimal)((canonical / unit.Factor) + unit.Subtract), 6), unit.Unit);
        var entries = analyte.Units.Select((unit, index) => ($"s{index}", In(unit, analyte.Loinc[index % analyte.Loinc.Count]))).ToArray();
        var facts = MergeBench.Merged(entries);
        return facts.Count == 1 && facts[0].Conflicts.Count == 0;
    });

    internal static T[] Shuffled<T>(T[] items, int seed)
    {
        var shuffled = items.ToArray();
        var state = (ulong)seed + 1;
        for (var last = shuffled.Length - 1; last > 0; last--)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            var other = (int)((state >> 33) % (ulong)(last + 1));
            (shuffled[last], shuffled[other]) = (shuffled[other], shuffled[last]);
        }
        return shuffled;
    }
}
