using System.Text.Json;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Api;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

public sealed class EntrySelectionTests : IDisposable
{
    private static readonly Coding HbA1c = new("http://loinc.org", "4548-4");
    private readonly GraphQlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Theory]
    [InlineData("{}", "a", "b", "c", "d")]
    [InlineData("{ categories: [MEDICATION, DOCUMENT] }", "b")]
    [InlineData("{ codes: [\"4548-4\"] }", "a")]
    [InlineData("{ codes: [\"http://loinc.org|4548-4\", \"nothing\"] }", "a")]
    [InlineData("{ codes: [\"urn:oid:1.2|4548-4\"] }")]
    [InlineData("{ from: \"2009-06\" }", "a", "c", "d")]
    [InlineData("{ to: \"2008\" }", "b", "d")]
    [InlineData("{ from: \"2009\", to: \"2009\" }", "c", "d")]
    [InlineData("{ sources: [\"south\"] }", "c")]
    [InlineData("{ categories: [] }", "a", "b", "c", "d")]
    public async Task Each_alias_is_filtered_by_its_own_filter(string filter, params string[] expected)
    {
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(
            ins,
            AFact.Of("a", "2010-02-01", code: HbA1c),
            AFact.Of("c", "2009", source: "south"),
            AFact.Of("b", "2008-12-31", EntryCategory.Medication),
            AFact.Of("d", null));

        var answer = await rig.AskAsync(
            $$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries(filter: {{filter}}) { nodes { id } } all: entries { nodes { id } } } }""");

        answer.Codes().Should().BeEmpty();
        Ids(answer.At("data", "dossier", "entries")).Should().BeEquivalentTo(expected);
        Ids(answer.At("data", "dossier", "all")).Should().Equal("a", "c", "b", "d");
    }

    [Fact]
    public async Task Pages_join_to_the_whole_list_without_gap_or_repeat()
    {
        var facts = Enumerable.Range(0, 23).Select(static i => AFact.Of($"f{i:00}", i < 20 ? $"20{20 - (i / 3):00}-01-01" : null)).ToArray();
        rig.Dossiers.Answer = ins => FakeDossiers.Dossier(ins, facts);
        var seen = new List<string>();
        string? after = null;
        bool hasNext;
        do
        {
            var page = (await Page(after, 5)).At("data", "dossier", "entries");
            seen.AddRange(Ids(page));
            after = page.At("endCursor").GetString();
            hasNext = page.At("hasNext").GetBoolean();
        }
        while (hasNext);

        seen.Should().Equal(facts.Select(static fact => fact.Id));
    }

    [Fact]
    public async Task A_cursor_stays_valid_when_facts_come_and_go()
    {
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(ins, AFact.Of("a", "2012"), AFact.Of("b", "2011"), AFact.Of("c", "2010"));
        var cursor = (await Page(null, 2)).At("data", "dossier", "entries", "endCursor").GetString();

        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(
            ins, AFact.Of("new", "2013"), AFact.Of("a", "2012"), AFact.Of("c", "2010"), AFact.Of("z", null));

        Ids((await Page(cursor, 5)).At("data", "dossier", "entries")).Should().Equal("c", "z");
    }

    [Theory]
    [InlineData("first: 0")]
    [InlineData("first: 501")]
    [InlineData("after: \"not a cursor!\"")]
    [InlineData("after: \"AAAA\"")]
    [InlineData("after: \"\"")]
    public async Task A_page_that_cannot_be_meant_is_a_bad_request(string arguments)
    {
        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries({{arguments}}) { hasNext } } }""");

        answer.Codes().Should().Equal("BAD_REQUEST");
    }

    [Fact]
    public async Task An_empty_list_is_an_empty_page()
    {
        var page = (await Page(null, 5)).At("data", "dossier", "entries");

        page.At("hasNext").GetBoolean().Should().BeFalse();
        page.At("endCursor").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("ins", false, "", "", null, null)]
    [InlineData("sources { status }", true, "", "", null, null)]
    [InlineData(
        "entries(filter: { categories: [MEDICATION], sources: [\"dp\"], from: \"2009\", to: \"2010\" }) { hasNext } complete",
        true, "Medication", "dp", "2009", "2010")]
    [InlineData("entries(filter: { categories: [MEDICATION] }) { hasNext } b: entries { hasNext }", true, "", "", null, null)]
    [InlineData(
        "a: entries(filter: { categories: [ALLERGY], from: \"2009\" }) { hasNext } "
            + "b: entries(filter: { categories: [DOCUMENT], from: \"2007\", to: \"2008\" }) { hasNext }",
        true, "Document,Allergy", "", "2007", null)]
    [InlineData("... on Dossier { entries(filter: { sources: [\"x\"] }) { hasNext } } ...f", true, "", "x,y", null, null)]
    [InlineData("entries @skip(if: true) { hasNext } ins", false, "", "", null, null)]
    public async Task Sources_are_asked_for_no_more_than_the_selection_can_show(
        string selection, bool entries, string categories, string sources, string? from, string? to)
    {
        var fragment = selection.Contains("...f", StringComparison.Ordinal)
            ? "fragment f on Dossier { z: entries(filter: { sources: [\"y\"] }) { hasNext } }"
            : "";

        (await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { {{selection}} } } {{fragment}}""")).Codes().Should().BeEmpty();

        var scope = rig.Dossiers.Asked.Should().ContainSingle().Subject.Scope;
        scope.Entries.Should().Be(entries);
        string.Join(',', scope.Categories).Should().Be(categories);
        string.Join(',', scope.Sources).Should().Be(sources);
        scope.From?.ToString().Should().Be(from);
        scope.To?.ToString().Should().Be(to);
    }

    private Task<JsonElement> Page(string? after, int first) => rig.AskAsync(
        "query($ins: INS!, $first: Int, $after: ID) { dossier(ins: $ins) { "
            + "entries(first: $first, after: $after) { nodes { id } endCursor hasNext } } }",
        JsonSerializer.Serialize(new Dictionary<string, object?> { ["ins"] = GraphQlRig.Ins, ["first"] = first, ["after"] = after }));

    private static string[] Ids(JsonElement page) => [.. page.At("nodes").EnumerateArray().Select(static node => node.At("id").GetString()!)];
}
