using System.Text.Json;
using CsCheck;
using DmpFederation.Sdk;
using DmpFederation.TestKit.Api;
using FluentAssertions;
using Xunit;

namespace Hub.Tests.Api;

/// <summary>The compiled projection must not be told apart from the library's node-by-node execution of the same schema.</summary>
public sealed class ProjectionTwinTests : IDisposable
{
    private static readonly Gen<int[]> Numbers = Gen.Int[0, 9_999].Array[64, 400];
    private readonly GraphQlRig rig = new(("GraphQl:MaxCost", "1000000000"), ("GraphQl:MaxDepth", "60"), ("GraphQl:MaxNodes", "100000"));

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Well_formed_facts_give_the_same_answer_whatever_is_selected() => Compare(broken: false, iterations: 400);

    [Fact]
    public void Broken_facts_give_the_same_data_order_nulls_and_error_paths() => Compare(broken: true, iterations: 800);

    [Fact]
    public async Task One_violation_voids_the_list_and_is_reported_where_it_stands()
    {
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(
            ins, AFact.Of("a"), AFact.Of("b", Untitled("b"), "north"), AFact.Of("c", Untitled("c", "Title", 0x7B, 0xFF, 0x7D), "north"));

        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries { nodes { t: title fhir } } } }""");

        answer.At("data", "dossier").ValueKind.Should().Be(JsonValueKind.Null);
        Paths(answer).Should().BeEquivalentTo("dossier/entries/nodes/1/t INTERNAL", "dossier/entries/nodes/2/fhir INTERNAL");
    }

    [Fact]
    public async Task The_resource_is_copied_byte_by_byte()
    {
        const string Resource = """{ "valueQuantity" : {"value":5.10}, "b":1,  "a":"\u00e9é" }""";
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(ins, AFact.Of("a", resource: Resource));

        var answer = await rig.AskAsync($$"""{ dossier(ins: "{{GraphQlRig.Ins}}") { entries { nodes { fhir } } } }""");

        answer.At("data", "dossier", "entries", "nodes", 0, "fhir").GetRawText().Should().Be(Resource);
    }

    [Fact]
    public async Task A_cached_document_follows_the_conditions_of_each_request()
    {
        rig.Dossiers.Answer = static ins => FakeDossiers.Dossier(ins, AFact.Of("a"));
        const string Query = "query($with: Boolean!) { dossier(ins: \"279035121518989\") { entries { nodes { id title @include(if: $with) } } } }";

        for (var round = 0; round < 3; round++)
        {
            (await rig.AskAsync(Query, """{"with":true}""")).At("data", "dossier", "entries", "nodes", 0).EnumerateObject().Should().HaveCount(2);
            (await rig.AskAsync(Query, """{"with":false}""")).At("data", "dossier", "entries", "nodes", 0).EnumerateObject().Should().HaveCount(1);
        }

        rig.Documents.Find(Query, null)!.Plans.Count.Should().Be(2);
    }

    private static DossierEntry Untitled(string id, string? title = null, params byte[] resource) => new()
    {
        LocalId = id,
        FiledUnder = AFact.Patient,
        Category = EntryCategory.Other,
        Title = title!,
        Resource = resource is [] ? "{}"u8.ToArray() : resource,
    };

    private void Compare(bool broken, int iterations) => Numbers.SampleAsync(
        async numbers =>
        {
            var choices = new Choices(numbers);
            var query = new OddQueries(rig.Schema, choices).Draw();
            var facts = OddFacts.Draw(choices, broken);
            rig.Dossiers.Answer = ins => FakeDossiers.Dossier(ins, facts);
            const string Variables = """{"yes":true,"no":false}""";
            var projected = await rig.AskAsync(query, Variables);
            var again = await rig.AskAsync(query, Variables);
            var twin = await rig.AskAsync(rig.Twin(), query, Variables);

            Data(projected).Should().Be(Data(twin), "of {0}", query);
            Paths(projected).Should().Equal(Paths(twin), "of {0}", query);
            Data(again).Should().Be(Data(projected), "the cached plan writes what the fresh one wrote");
        },
        iter: iterations,
        threads: 1).GetAwaiter().GetResult();

    private static string Data(JsonElement answer) => answer.TryGetProperty("data", out var data) ? JsonSerializer.Serialize(data) : "none";

    private static string[] Paths(JsonElement answer) => answer.TryGetProperty("errors", out var errors)
        ? [.. errors.EnumerateArray()
            .Select(static error => $"{string.Join('/', error.GetProperty("path").EnumerateArray())} {error.At("extensions", "code").GetString()}")
            .Order(StringComparer.Ordinal)]
        : [];
}
