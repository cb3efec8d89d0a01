using System.Diagnostics;
using System.Text;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

public sealed class DocumentBoundsTests : IDisposable
{
    private readonly GraphQlRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_query_that_nests_too_deep_is_refused()
    {
        using var shallow = new GraphQlRig(("GraphQl:MaxDepth", "3"));

        (await shallow.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries { hasNext } } }""")).Codes().Should().BeEmpty();
        (await shallow.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries { ...f } } } fragment f on EntryPage { nodes { id } }""")).Codes()
            .Should().Equal("QUERY_TOO_DEEP");
    }

    [Fact]
    public async Task Many_dossiers_by_alias_cost_as_much_as_they_are()
    {
        var aliases = string.Join(' ', Enumerable.Range(0, 70).Select(static i => $"d{i}: dossier(ins: \"{GraphQlRig.Ins}\") {{ complete }}"));

        (await rig.AskAsync($"{{ {aliases} }}")).Codes().Should().Equal("QUERY_TOO_COSTLY");
        rig.Dossiers.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData("first: 500")]
    [InlineData("first: $n")]
    public async Task Large_pages_of_many_patients_are_too_costly(string size)
    {
        var declared = size.Contains('$', StringComparison.Ordinal) ? "$n: Int = 500, " : "";
        var query = $"query({declared}$ins: [INS!]!) {{ a: dossiers(ins: $ins) {{ entries({size}) {{ nodes {{ id title fhir date status }} }} }} }}";
        var fifty = string.Join(',', Enumerable.Repeat($"\"{GraphQlRig.Ins}\"", 50));

        (await rig.AskAsync(query, $$"""{"ins":[{{fifty}}]}""")).Codes().Should().Equal("QUERY_TOO_COSTLY");
        (await rig.AskAsync(query, $$"""{"ins":["{{GraphQlRig.Ins}}"]}""")).Codes().Should().BeEmpty("the same document for one patient is cheap");
    }

    [Fact]
    public async Task Fragments_spread_in_fragments_are_refused_at_once()
    {
        var bomb = new StringBuilder($"{{ dossier(ins: \"{GraphQlRig.Ins}\") {{ entries {{ nodes {{ ...f0 }} }} }} }}");
        for (var i = 0; i < 60; i++)
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $" fragment f{i} on Entry {{ ...f{i + 1} ...f{i + 1} }}");
        bomb.Append(" fragment f60 on Entry { id }");
        var watch = Stopwatch.StartNew();

        (await rig.AskAsync(bomb.ToString())).Codes().Should().Equal("QUERY_TOO_COSTLY");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cycle_of_fragments_is_refused_by_validation()
    {
        var answer = await rig.AskAsync("{ sources { ...a } } fragment a on Source { id ...b } fragment b on Source { ...a }");

        answer.Codes().Should().Contain("BAD_REQUEST");
    }

    [Fact]
    public async Task A_document_of_too_many_nodes_or_characters_is_refused()
    {
        (await rig.AskAsync($"{{ {string.Join(' ', Enumerable.Repeat("__typename", 2_001))} }}")).Codes().Should().Equal("QUERY_TOO_COSTLY");
        (await rig.AskAsync($"{{ __typename }} # {new string('x', 70_000)}")).Codes().Should().Equal("BAD_REQUEST");
        (await rig.AskAsync(string.Concat(Enumerable.Repeat("{ a ", 900)))).Codes().Should().Equal("QUERY_TOO_DEEP");
    }

    [Fact]
    public async Task Tools_may_ask_for_the_schema_unless_it_is_switched_off()
    {
        const string Query = """
            { __schema { queryType { name } types { kind name description
                fields(includeDeprecated: true) { name description args { name type { ...T } defaultValue } type { ...T } }
                inputFields { name type { ...T } } enumValues { name } possibleTypes { ...T } }
              directives { name locations args { name type { ...T } } } } }
            fragment T on __Type { kind name ofType { kind name ofType { kind name
              ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }
            """;

        (await rig.AskAsync(Query)).Codes().Should().BeEmpty();
        using var closed = new GraphQlRig(("GraphQl:Introspection", "false"));
        (await closed.AskAsync(Query)).Codes().Should().Equal("BAD_REQUEST");
        (await closed.AskAsync("{ __typename }")).Codes().Should().BeEmpty();
    }

    [Fact]
    public async Task An_introspection_that_multiplies_itself_is_too_costly()
    {
        var answer = await rig.AskAsync("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }");

        answer.Codes().Should().Equal("QUERY_TOO_COSTLY");
    }

    [Fact]
    public async Task Documents_are_kept_up_to_a_bound_and_only_when_valid()
    {
        using var small = new GraphQlRig(("GraphQl:CachedDocuments", "2"));
        foreach (var query in new[] { "{ me { id } }", "{ me { nothing } }", "{ me { name } }", "{ me { role } }", "{ me { name } }" })
            await small.AskAsync(query);

        small.Documents.Count.Should().Be(2);
        small.Documents.Find("{ me { id } }", null).Should().BeNull();
        small.Documents.Find("{ me { name } }", null).Should().NotBeNull();
    }

    [Fact]
    public async Task Operations_of_one_document_are_kept_apart()
    {
        const string Query = "query a { me { id } } query b { me { role } }";

        (await rig.AskAsync(Query, operation: "a")).At("data", "me").EnumerateObject().Single().Name.Should().Be("id");
        (await rig.AskAsync(Query, operation: "b")).At("data", "me").EnumerateObject().Single().Name.Should().Be("role");
        (await rig.AskAsync(Query)).Codes().Should().Equal("BAD_REQUEST");
        (await rig.AskAsync(Query, operation: "c")).Codes().Should().Equal("BAD_REQUEST");
    }
}
