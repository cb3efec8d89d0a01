using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using DmpFederation.Sdk.Conformance.Fixtures;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Conformance;

/// <summary>The published schema and the reader know the same file.</summary>
public sealed class FixtureSchemaTests
{
    private static readonly JsonNode Schema =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "sdk", "DmpFederation.Sdk.Conformance", "conformance.schema.json")))!;

    public static TheoryData<string, Type> Objects => new()
    {
        { "", typeof(Fixture) },
        { "key", typeof(KeyFixture) },
        { "traits", typeof(TraitsFixture) },
        { "person", typeof(PersonFixture) },
        { "patient", typeof(PatientFixture) },
        { "entry", typeof(EntryFixture) },
        { "legacy", typeof(LegacyFixture) },
        { "exchange", typeof(ExchangeFixture) },
        { "step", typeof(LegacyStepFixture) },
        { "identity", typeof(IdentityFixture) },
        { "document", typeof(DocumentFixture) },
        { "directory", typeof(DirectoryFixture) },
        { "changes", typeof(ChangesFixture) },
        { "changeStep", typeof(ChangeStepFixture) },
        { "preview", typeof(PreviewFixture) },
        { "replay", typeof(ReplayFixture) },
        { "unmapped", typeof(UnmappedFixture) },
        { "write", typeof(WriteFixture) },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Keys_and_what_is_required_are_the_same(string name, Type type)
    {
        var described = name.Length == 0 ? Schema : Schema["$defs"]![name]!;
        var read = FixtureJson.Default.GetTypeInfo(type)!;

        described["properties"]!.AsObject().Select(member => member.Key).Should().BeEquivalentTo(read.Properties.Where(IsRead).Select(property =>
            property.Name));
        (described["required"]?.AsArray() ?? []).Select(key => (string)key!).Should()
            .BeEquivalentTo(read.Properties.Where(property => property.IsRequired).Select(property => property.Name));
    }

    [Fact]
    public void Every_object_of_the_schema_is_compared() =>
        Schema["$defs"]!.AsObject().Select(member => member.Key).Append("").Should().BeEquivalentTo(Objects.Select(row => (string)row[0]));

    [Fact]
    public void Words_of_lists_are_the_same()
    {
        Words("legacy", "kind").Should().BeEquivalentTo(Enum.GetNames<LegacyKind>());
        Words("traits", "sex").Should().BeEquivalentTo(Enum.GetNames<TraitSex>());
        Words("entry", "category").Should().BeEquivalentTo(FixtureCheck.Categories.Keys);
        Schema["properties"]!["notApplicable"]!["propertyNames"]!["enum"]!.AsArray().Select(word =>
            (string)word!).Should().BeEquivalentTo(LegacyFaults.All);
    }

    private static bool IsRead(JsonPropertyInfo property) => property.Set is not null;

    private static IEnumerable<string> Words(string name, string key) =>
        Schema["$defs"]![name]!["properties"]![key]!["enum"]!.AsArray().Select(word => (string)word!);
}
