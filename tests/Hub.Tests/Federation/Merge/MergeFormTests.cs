using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Federation.Merge;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Tests.Federation.Merge.MergeBench;

namespace DmpFederation.Hub.Tests.Federation.Merge;

public sealed class MergeFormTests
{
    [Fact]
    public void The_most_complete_holder_leads_then_the_most_recent()
    {
        var coded = AnEntry.HbA1c().Identified("urn:oid:1.2", "1");
        var rich = coded with { Author = new EntryAuthor("801234567897", "Dr Essai") };
        Merged(("a", coded), ("b", rich)).Single().Lead.Author.Should().NotBeNull();

        var older = coded with { Recorded = new DateTimeOffset(2009, 3, 13, 0, 0, 0, TimeSpan.Zero) };
        var newer = (coded with { Recorded = new DateTimeOffset(2009, 3, 14, 0, 0, 0, TimeSpan.Zero) }).Named("newer");
        Merged(("a", older), ("b", newer)).Single().Lead.LocalId.Should().Be("newer");
    }

    [Fact]
    public void Origins_stand_by_source_and_each_has_the_id_of_its_own()
    {
        var fact = Merged(("b", AnEntry.HbA1c().Named("2")), ("a", AnEntry.HbA1c().Named("1"))).Single();

        fact.Origins.Select(origin => (origin.SourceId, origin.EntryId)).Should().Equal(("a", EntryId.Of("a", "1")), ("b", EntryId.Of("b", "2")));
        fact.Id.Should().Be(new[] { EntryId.Of("a", "1"), EntryId.Of("b", "2") }.Min(StringComparer.Ordinal));
    }

    [Fact]
    public void A_page_read_twice_shows_once()
    {
        var entry = AnEntry.HbA1c().Named("1").Build();
        var copy = (AnEntry.HbA1c() with { LocalId = "1" }).Build();

        Merged(("a", entry), ("a", copy)).Should().ContainSingle().Which.Conflicts.Should().BeEmpty();
    }

    [Fact]
    public void Of_two_versions_the_newest_is_shown_and_the_other_is_kept_as_a_conflict()
    {
        var first = AnEntry.HbA1c(7.2m).Named("1") with { Version = "9" };
        var second = AnEntry.HbA1c(8.1m).Named("1") with { Version = "10" };
        var fact = Merged(("a", second), ("a", first)).Single();

        fact.Lead.Version.Should().Be("10");
        fact.Origins.Should().ContainSingle();
        fact.Conflicts.Should().ContainSingle().Which.Values.Should().Equal(new ConflictValue("a", "7.2 %"), new ConflictValue("a", "8.1 %"));

        var same = Merged(("a", first), ("a", first with { Version = "10" })).Single();
        same.Conflicts.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Field = "version", Values = new[] { new ConflictValue("a", "10"), new ConflictValue("a", "9") } });
    }

    [Fact]
    public void A_repetition_with_other_labels_is_another_version()
    {
        var open = AnEntry.HbA1c().Named("1");
        var masked = open with { Confidentiality = ["MASQUE_PS"] };

        Print(Merged(("a", open), ("a", masked))).Should().Be(Print(Merged(("a", masked), ("a", open))));
    }

    [Fact]
    public void Labels_of_one_code_are_no_conflict_but_other_words_without_code_are()
    {
        AnEntry Labelled(string title) => AnEntry.HbA1c() with { Title = title };
        Merged(("a", Labelled("HbA1c")), ("b", Labelled("Hémoglobine glyquée"))).Single().Conflicts.Should().BeEmpty();

        AnEntry Worded(string title) => (AnEntry.Of(EntryCategory.Other, "QuestionnaireResponse") with { Title = title })
            .Identified("urn:oid:1.2", "1");
        Merged(("a", Worded("Tabac")), ("b", Worded("Alcool"))).Single().Conflicts.Should().ContainSingle().Which.Field.Should().Be("title");
    }

    [Fact]
    public void Bytes_that_are_no_resource_stand_for_themselves()
    {
        DossierEntry Broken(string bytes) => new()
        {
            LocalId = bytes,
            FiledUnder = APatient.Known().Ins.Key,
            Category = EntryCategory.Document,
            Title = "?",
            Resource = Encoding.UTF8.GetBytes(bytes),
            Codings = [new Coding("http://loinc.org", "1")],
            Date = FhirDate.Parse("2009-01-01"),
        };
        Sizes(("a", Broken("")), ("b", Broken("{")), ("c", Broken("nonsense")), ("d", Broken("{\"resourceType\":1}"))).Should().Equal(1, 1, 1, 1);
    }

    [Fact]
    public void The_resource_type_is_found_wherever_it_stands()
    {
        static string TypeOf(string json) => Encoding.UTF8.GetString(ResourceFields.TypeOf(Encoding.UTF8.GetBytes(json)));
        TypeOf("""{"resourceType":"Observation","id":"1"}""").Should().Be("Observation");
        TypeOf("""{ "id":"1", "contained":[{"resourceType":"Patient"}], "resourceType" : "Observation" }""").Should().Be("Observation");
        TypeOf("""{"id":"1"}""").Should().BeEmpty();
        TypeOf("""{"resourceType":"Obs""").Should().BeEmpty();
    }

    [Fact]
    public void A_source_full_of_alike_facts_is_merged_in_time_and_nothing_is_lost()
    {
        var flood = Enumerable.Range(0, 20_000).Select(number => ("flood", AnEntry.HbA1c().Named($"f{number}")
            .Identified("urn:oid:1.2", "one").Build()));
        var facts = Merged([.. flood, ("dp", AnEntry.HbA1c().Build())]);

        facts.Should().HaveCount(20_001);
    }

    [Fact]
    public void Nothing_merges_to_nothing() => Merged().Should().BeEmpty();
}
