using System.Text.Json;
using CsCheck;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class WorldTests(WorldFixture world) : IClassFixture<WorldFixture>
{
    private static readonly JsonSerializerOptions WithTuples = new() { IncludeFields = true };

    [Fact]
    public void The_same_seed_gives_the_same_world_and_a_larger_world_begins_with_the_smaller() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 12], Gen.Int[0, 12]).Sample(
            (seed, count, more) =>
            {
                var small = Bytes(SyntheticFrance.World.Generate(seed, count, WorldFixture.Today));
                var large = Bytes(SyntheticFrance.World.Generate(seed, count + more, WorldFixture.Today).Take(count));
                return small == large;
            },
            iter: 60);

    [Fact]
    public void Another_seed_gives_other_people() =>
        SyntheticFrance.World.Generate(1, 50, WorldFixture.Today).Select(patient => patient.InsNir)
            .Should().NotIntersectWith(SyntheticFrance.World.Generate(2, 50, WorldFixture.Today).Select(patient => patient.InsNir));

    [Fact]
    public void Telling_the_truth_for_a_later_day_changes_visibility_and_nothing_else()
    {
        var then = SyntheticFrance.World.Generate(2009, 40, WorldFixture.Today).ToList();
        var later = SyntheticFrance.World.Generate(2009, 40, WorldFixture.Today, WorldFixture.Today.AddMonths(4)).ToList();
        Bytes(then).Should().NotBe(Bytes(later));
        Bytes(then.Select(Unveiled)).Should().Be(Bytes(later.Select(Unveiled)));
    }

    [Fact]
    public void The_world_is_made_as_it_is_read()
    {
        // A world of its full capacity: building it whole before giving the first patient would never end.
        var first = SyntheticFrance.World.Generate(2009, SyntheticFrance.World.Capacity, WorldFixture.Today).Take(3);
        first.Should().HaveCount(3);
        SyntheticFrance.World.Capacity.Should().BeGreaterThan(1_500_000);
    }

    [Fact]
    public void Local_ids_are_unique_within_a_source_and_fact_ids_in_the_world()
    {
        world.Facts.Select(fact => fact.Id).Should().OnlyHaveUniqueItems();
        world.Facts.SelectMany(fact => fact.Origins).Select(origin => (origin.SourceId, origin.LocalId)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_business_identifier_names_one_fact()
    {
        var named = world.Facts.SelectMany(fact => fact.Origins.SelectMany(origin => origin.Identifiers).Distinct().Select(id => (id, fact.Id)));
        named.GroupBy(pair => pair.id).Should().OnlyContain(group => group.Count() == 1);
    }

    [Fact]
    public void Local_ids_are_written_as_each_source_writes_them()
    {
        var documents = world.Facts.Where(fact => fact.Kind == FactKind.Document).ToDictionary(fact => fact.Id);
        foreach (var fact in world.Facts)
        {
            foreach (var origin in fact.Origins)
            {
                if (origin.SourceId == "dp")
                    origin.LocalId.Should().MatchRegex("^[1-9][0-9]*$");
                else if (origin.SourceId == "picardie")
                    origin.LocalId.Should().MatchRegex("^[A-Za-z]+/[A-Za-z0-9.-]{1,64}$");
                else if (origin.SourceId == "web-medecin")
                    origin.LocalId.Should().MatchRegex(@"^(2\.999\.75\.1\^W[0-9]+\.[0-9]+|WM[0-9]{8}/(medication|vaccine|device|stay|act)/[0-9]{8}/[0-9.]+\|[A-Z0-9]+/[0-9]+)$");
                else if (origin.SourceId == "labos-rhone-alpes")
                    origin.LocalId.Should().MatchRegex("^[A-Z]{4,10}/[0-9]{4}-[0-9]{6}-[0-9]{2}" + (fact.Kind == FactKind.Document ? "$" : "/[A-Z0-9. -]+$"));
                else if (origin.SourceId == "reseau-diabete")
                    origin.LocalId.Should().MatchRegex("^suivi/[1-9][0-9]*$");
                else if (origin.DocumentFactId is { } holder)
                    origin.LocalId.Should().StartWith(documents[holder].Origins.Single(held => held.SourceId == "franche-comte").LocalId + "#");
                else
                    fact.Kind.Should().Be(FactKind.Document);
            }
        }
    }

    [Fact]
    public void Many_facts_are_held_by_two_or_three_sources_and_some_patients_are_unknown_to_some()
    {
        var holders = world.Facts.Select(fact => fact.Origins.Select(origin => origin.SourceId).Distinct().Count()).ToList();
        holders.Count(count => count == 2).Should().BeGreaterThan(holders.Count / 5);
        holders.Count(count => count == 3).Should().BeGreaterThan(holders.Count / 60);
        var known = world.Patients.Select(patient => patient.Facts.SelectMany(fact => fact.Origins).Select(origin => origin.SourceId).Distinct().Count()).ToList();
        known.Should().Contain(1).And.Contain(2).And.Contain(3);
        known.Average().Should().BeInRange(2.6, 3.6);
        (world.Facts.Count() / (double)world.Patients.Count).Should().BeInRange(40, 80);
    }

    [Fact]
    public void The_first_patient_is_a_diabetic_known_to_every_source_with_a_rich_record()
    {
        var patient = world.Patients[0];
        patient.Conditions.Should().Contain("E11").And.Contain("I10");
        patient.Facts.Count.Should().BeGreaterThan(60);
        patient.Facts.SelectMany(fact => fact.Origins).Where(origin => origin.Visible).Select(origin => origin.SourceId).Distinct()
            .Should().BeEquivalentTo("dp", "franche-comte", "picardie", "web-medecin", "labos-rhone-alpes", "reseau-diabete");
        patient.Facts.Select(fact => fact.Kind).Distinct().Count().Should().BeGreaterThan(11);
    }

    [Fact]
    public void Three_of_five_diabetics_are_in_the_network_which_shares_results_and_holds_some_alone()
    {
        var diabetics = world.Lives.Where(patient => patient.Conditions.Contains("E11")).ToList();
        var followed = diabetics.Where(patient => patient.Facts.Any(InNetwork)).ToList();
        (followed.Count / (double)diabetics.Count).Should().BeInRange(0.5, 0.7);
        world.Lives.Except(diabetics).SelectMany(patient => patient.Facts).Any(InNetwork).Should().BeFalse();
        var held = followed.SelectMany(patient => patient.Facts).Where(InNetwork).ToList();
        held.Count(fact => fact.Origins.Count > 1).Should().BeGreaterThan(held.Count / 4);
        held.Count(fact => fact.Origins.Count == 1).Should().BeGreaterThan(held.Count / 4);
        held.SelectMany(fact => fact.Origins).Should().Contain(origin => origin.SourceId == "reseau-diabete" && origin.Variant != null);
        world.Facts.SelectMany(fact => fact.Origins).Should().Contain(
            origin => origin.SourceId == "reseau-diabete" && !origin.Visible && origin.Withdrawn, "rows entered by mistake were withdrawn");

        static bool InNetwork(SyntheticFact fact) => fact.Origins.Any(origin => origin.SourceId == "reseau-diabete");
    }

    private static SyntheticPatient Unveiled(SyntheticPatient patient) => patient with
    {
        Facts = [.. patient.Facts.Select(fact => fact with { Origins = [.. fact.Origins.Select(origin => origin with { Visible = true })] })],
    };

    private static string Bytes(IEnumerable<SyntheticPatient> patients) => JsonSerializer.Serialize(patients, WithTuples);
}
