using System.Text.Json.Nodes;
using DmpFederation.Hub.Connectors.Configuration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Connectors;

/// <summary>The published schema and the reader know the same file.</summary>
public class PluginsSchemaTests
{
    private readonly JsonNode schema = JsonNode.Parse(
        File.ReadAllText(Path.Combine(RepositoryFiles.Root, "hub", "Connectors", "plugins.schema.json")))!;

    [Fact]
    public void Every_key_of_the_reader_is_in_the_schema_and_the_other_way_round()
    {
        KeysOf(schema).Should().BeEquivalentTo(PluginsFileVocabulary.FileKeys);
        KeysOf(schema["$defs"]!["source"]!).Should().BeEquivalentTo(PluginsFileVocabulary.SourceKeys);
        KeysOf(schema["$defs"]!["budget"]!).Should().BeEquivalentTo(PluginsFileVocabulary.BudgetKeys);
    }

    [Fact]
    public void Words_of_lists_are_the_same()
    {
        var source = schema["$defs"]!["source"]!["properties"]!;
        Words(source["categories"]!["items"]!["enum"]!).Should().BeEquivalentTo(PluginsFileVocabulary.CategoryNames.Keys);
        Words(source["patientKeys"]!["items"]!["anyOf"]![0]!["enum"]!).Should().BeEquivalentTo(PluginsFileVocabulary.KeyTypes.Keys);
    }

    [Theory]
    [InlineData("KEY", false, 0)]
    [InlineData("TRAITS", true, 0)]
    [InlineData("NAME", false, 1)]
    public void How_a_source_finds_patients_is_one_of_the_words_of_the_schema(string word, bool byTraits, int faults)
    {
        var json = $$"""{ "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"], "matchesBy": "{{word}}" }] }""";
        var read = PluginsFileReader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Sources[0];

        (read.MatchesByTraits, read.Faults.Length).Should().Be((byTraits, faults));
        Words(schema["$defs"]!["source"]!["properties"]!["matchesBy"]!["enum"]!).Contains(word).Should().Be(faults == 0);
    }

    [Theory]
    [InlineData("ACCEPTED", false, 0)]
    [InlineData("REFUSED", true, 0)]
    [InlineData("refused", true, 1)]
    public void What_a_charter_says_of_emergency_access_is_one_of_the_words_of_the_schema(string word, bool refuses, int faults)
    {
        var json = $$"""{ "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"], "breakGlass": "{{word}}" }] }""";
        var read = PluginsFileReader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Sources[0];

        (read.RefusesBreakGlass, read.Faults.Length).Should().Be((refuses, faults));
        Words(schema["$defs"]!["source"]!["properties"]!["breakGlass"]!["enum"]!).Contains(word).Should().Be(faults == 0);
    }

    [Fact]
    public void A_charter_that_says_nothing_accepts_emergency_access() => PluginsFileReader.Read(
        """{ "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"] }] }"""u8.ToArray())
            .Sources[0].RefusesBreakGlass.Should().BeFalse();

    [Theory]
    [InlineData("ACCEPTED", true, 0)]
    [InlineData("REFUSED", false, 0)]
    [InlineData("accepted", false, 1)]
    public void Whether_a_source_takes_deposits_is_one_of_the_words_of_the_schema(string word, bool accepts, int faults)
    {
        var json = $$"""{ "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"], "deposits": "{{word}}" }] }""";
        var read = PluginsFileReader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Sources[0];

        (read.AcceptsDeposits, read.Faults.Length).Should().Be((accepts, faults));
        Words(schema["$defs"]!["source"]!["properties"]!["deposits"]!["enum"]!).Contains(word).Should().Be(faults == 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", \"deposits\": true")]
    [InlineData(", \"deposits\": null")]
    public void Nothing_is_written_to_a_source_that_does_not_say_that_it_takes_deposits(string said) => PluginsFileReader.Read(
        System.Text.Encoding.UTF8.GetBytes($$"""{ "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"]{{said}} }] }"""))
            .Sources[0].AcceptsDeposits.Should().BeFalse();

    [Fact]
    public void What_the_schema_requires_the_reader_misses_too()
    {
        var read = PluginsFileReader.Read("""{ "sources": [{ "id": "x" }] }"""u8.ToArray());

        read.Sources[0].Faults.Where(fault => fault.Problem == "is missing").Select(fault => fault.Place["sources[0].".Length..]).Append("id")
            .Should().BeEquivalentTo(Words(schema["$defs"]!["source"]!["required"]!));
    }

    [Theory]
    [InlineData("timeoutMs")]
    [InlineData("concurrency")]
    [InlineData("maxEntries")]
    [InlineData("maxBytes")]
    public void Bounds_and_defaults_of_the_budget_are_the_same(string key)
    {
        var rule = schema["$defs"]!["budget"]!["properties"]![key]!;
        var (least, most) = ((long)rule["minimum"]!, (long)rule["maximum"]!);

        FaultsOf(key, least).Should().Be(0);
        FaultsOf(key, most).Should().Be(0);
        FaultsOf(key, least - 1).Should().Be(1);
        FaultsOf(key, most + 1).Should().Be(1);
        var budget = new Hub.Connectors.SourceBudget();
        new Dictionary<string, long>
        {
            ["timeoutMs"] = (long)budget.Timeout.TotalMilliseconds,
            ["concurrency"] = budget.Concurrency,
            ["maxEntries"] = budget.MaxEntries,
            ["maxBytes"] = budget.MaxBytes,
        }[key].Should().Be((long)rule["default"]!);
    }

    private static int FaultsOf(string key, long value)
    {
        var json = $$"""
            { "sources": [{ "id": "x", "region": "r", "plugin": "p", "patientKeys": ["INS-C"], "budget": { "{{key}}": {{value}} } }] }
            """;
        return PluginsFileReader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Sources[0].Faults.Length;
    }

    private static IEnumerable<string> KeysOf(JsonNode type) => type["properties"]!.AsObject().Select(property => property.Key);

    private static IEnumerable<string> Words(JsonNode list) => list.AsArray().Select(word => (string)word!);
}
