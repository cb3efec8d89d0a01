using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Conformance;

public sealed class FixtureReaderTests : IDisposable
{
    private const string Good = """
        {
          // Comments and trailing commas are allowed.
          "settings": { "folder": "{folder}" },
          "patientKeySystems": ["urn:oid:1.2.250.1.213.1.4.10"],
          "legacy": { "kind": "Files", "folder": "." },
          "patients": [{ "name": "one", "key": { "system": "urn:oid:1.2.250.1.213.1.4.10", "value": "279035121518989" },
                         "entries": [{ "localId": "a", "category": "CONDITION" }] }],
          "unknownPatient": { "key": { "system": "urn:oid:1.2.250.1.213.1.4.10", "value": "260058815400233" } },
        }
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dmp-fixture-");

    [Fact]
    public void A_good_fixture_reads_with_its_defaults()
    {
        var fixture = Read(Good);

        fixture.Legacy.Kind.Should().Be(LegacyKind.Files);
        fixture.Patient("one").Entries.Should().ContainSingle().Which.LocalId.Should().Be("a");
        fixture.Now.Should().BeNull();
        fixture.Directory.Should().BeNull();
        fixture.Identities.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"settings\"", "\"setings\": {}, \"settings\"", "unknown key 'setings'")]
    [InlineData("\"localId\"", "\"localID\"", "$.patients[0].entries[0]")]
    [InlineData("\"kind\": \"Files\", ", "", "missing 'kind'")]
    [InlineData("\"kind\": \"Files\"", "\"kind\": \"Fax\"", "$.legacy.kind")]
    [InlineData("\"Files\", \"folder\": \".\"", "\"Sql\"", "legacy.script: is missing")]
    [InlineData("\"Files\", \"folder\": \".\"", "\"Http\"", "legacy.exchanges: is missing")]
    [InlineData("\"folder\": \".\"", "\"folder\": \"../elsewhere\"", "legacy.folder: '../elsewhere' is no folder below")]
    [InlineData("\"folder\": \".\"", "\"folder\": \".\", \"writtenMinutesAgo\": -1", "legacy.writtenMinutesAgo: must be from 0 to 525600")]
    [InlineData("\"patients\"", "\"replays\": [{ \"file\": \"gone\", \"code\": \"NOT_JSON\" }], \"patients\"", "replays[0].file: 'gone' is no file")]
    [InlineData("\"patients\"", "\"replays\": [{ \"file\": \"gone\", \"code\": \"A\", \"patient\": \"two\" }], \"patients\"",
        "replays[0].patient: names no patient")]
    [InlineData("\"folder\": \".\"", "\"folder\": \"nowhere\"", "legacy.folder: 'nowhere' is no folder below")]
    [InlineData("CONDITION", "ILLNESS", "patients[0].entries[0].category: must be one of MEDICATION, LAB_RESULT")]
    [InlineData("260058815400233", "279035121518989", "two have the same key")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10", "urn:oid:1.2.250.1.213.1.4.8", "is for living people; a fixture uses the test range")]
    [InlineData("\"entries\": [{ \"localId\": \"a\", \"category\": \"CONDITION\" }]", "\"entries\": []", "needs a patient with entries")]
    [InlineData("\"patients\"",
        "\"documents\": [{ \"patient\": \"two\", \"localId\": \"d\", \"contentType\": \"t\", \"sha256\": \"0\" }], \"patients\"",
        "documents[0].patient: names no patient")]
    [InlineData("\"patients\"", "\"notApplicable\": { \"flood\": \"never\" }, \"patients\"", "notApplicable.flood: is no fault; there are away")]
    [InlineData("\"patients\"", "\"directory\": { \"keys\": [], \"partitions\": [0] }, \"patients\"",
        "directory.partitions: must be numbers from 1 to 64")]
    public void A_fault_is_named_with_its_place(string written, string wrong, string problem)
    {
        var reading = () => Read(Good.Replace(written, wrong, StringComparison.Ordinal));

        reading.Should().Throw<FixtureException>().Which.Message.Should().Contain("conformance.json, ").And.Contain(problem)
            .And.NotContain("Fixture", "names of types say nothing to who wrote the file");
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var reading = () => Read(Good.Replace("CONDITION", "ILLNESS", StringComparison.Ordinal).Replace("\"folder\": \".\"",
            "\"folder\": \"nowhere\"", StringComparison.Ordinal));

        reading.Should().Throw<FixtureException>().Which.Problems.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    public void What_is_no_fixture_is_refused(string text)
    {
        var reading = () => Read(text);

        reading.Should().Throw<FixtureException>().Which.Message.Should().StartWith("conformance.json");
    }

    [Fact]
    public void A_missing_fixture_is_named()
    {
        var reading = () => FixtureReader.Read(folder.FullName);

        reading.Should().Throw<FixtureException>().Which.Message.Should().Be("conformance.json is not there or cannot be read");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Fixture Read(string text)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "conformance.json"), text, Encoding.UTF8);
        return FixtureReader.Read(folder.FullName);
    }
}
