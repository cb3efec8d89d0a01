using System.Text;
using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Connectors;

public class PluginsFileReaderTests
{
    private const string GoodSource =
        """{ "id": "dp", "region": "national", "plugin": "dossier-pharmaceutique", "patientKeys": ["INS-NIR-TEST", "urn:oid:1.2.250.1.71"] }""";

    [Fact]
    public void A_full_entry_is_read_as_written()
    {
        var read = Read("""
            {
              // Comments and trailing commas are allowed.
              "$schema": "hub/Connectors/plugins.schema.json",
              "pluginFolders": ["samples/HelloConnector"],
              "sources": [{
                "id": "picardie", "name": "DMP Picardie", "region": "picardie", "plugin": "fhir-server", "enabled": false,
                "patientKeys": ["INS-NIR", "INS-NIA", "INS-NIR-TEST", "INS-NIR-DEMO", "INS-C", "https://example.org/ids"],
                "categories": ["LAB_RESULT", "VITAL_SIGN"],
                "settings": { "address": "http://127.0.0.1:5103", "pageSize": 50, "strict": true, },
                "budget": { "timeoutMs": 1500, "concurrency": 4, "maxEntries": 100, "maxBytes": 4096 },
              }],
            }
            """);

        read.FileFaults.Should().BeEmpty();
        read.EntryFaults.Should().BeEmpty();
        read.PluginFolders.Should().Equal(("samples/HelloConnector", "pluginFolders[0]"));
        var source = read.Sources.Should().ContainSingle().Subject;
        source.Faults.Should().BeEmpty();
        source.Name.Should().Be("DMP Picardie");
        source.Enabled.Should().BeFalse();
        source.PatientKeySystems.Should().Equal(
            PatientKeySystems.InsNir, PatientKeySystems.InsNia, PatientKeySystems.InsNirTest, PatientKeySystems.InsNirDemo, PatientKeySystems.InsC,
            "https://example.org/ids");
        source.Categories.Should().Equal(EntryCategory.LabResult, EntryCategory.VitalSign);
        source.Settings.Should().Equal(
            new Dictionary<string, string> { ["address"] = "http://127.0.0.1:5103", ["pageSize"] = "50", ["strict"] = "true" });
        source.Budget.Timeout.Should().Be(TimeSpan.FromSeconds(1.5));
        source.Budget.Concurrency.Should().Be(4);
        source.Budget.MaxEntries.Should().Be(100);
        source.Budget.MaxBytes.Should().Be(4096);
    }

    [Fact]
    public void An_unknown_key_is_named_with_its_place()
    {
        var read = Read($$"""{ "sorces": [], "sources": [{{GoodSource}}, { "id": "x", "regoin": "north", "budget": { "timeout": 1 } }] }""");

        read.FileFaults.Should().ContainSingle().Which.ToString().Should().StartWith("sorces: is an unknown key");
        read.Sources[0].Faults.Should().BeEmpty();
        read.Sources[1].Faults.Select(fault => fault.Place).Should().Contain(["sources[1].regoin", "sources[1].budget.timeout"]);
    }

    [Fact]
    public void All_faults_of_an_entry_are_reported_at_once()
    {
        var read = Read("""
            { "sources": [{ "id": "x", "plugin": 5, "enabled": "yes", "patientKeys": ["NIR", "urn:oid:nope"], "categories": ["MEDICINE"],
                            "settings": { "a": null, "b": ["c"] }, "budget": { "timeoutMs": 0, "concurrency": 1.5 } }] }
            """);

        read.Sources.Should().ContainSingle().Which.Faults.Select(fault => fault.Place).Should().Equal(
            "sources[0].region", "sources[0].plugin", "sources[0].enabled", "sources[0].patientKeys", "sources[0].patientKeys",
            "sources[0].categories", "sources[0].settings.a", "sources[0].settings.b", "sources[0].budget.timeoutMs",
            "sources[0].budget.concurrency");
    }

    [Fact]
    public void Two_sources_of_one_id_become_one_unusable_source_that_names_both_places()
    {
        var read = Read($$"""{ "sources": [{{GoodSource}}, {{GoodSource}}] }""");

        read.Sources.Should().ContainSingle().Which.Faults.Should().ContainSingle()
            .Which.ToString().Should().Be("sources[0], sources[1]: have the same id");
    }

    [Theory]
    [InlineData("""{ "region": "north" }""")]
    [InlineData("""{ "id": "../etc", "region": "north" }""")]
    [InlineData("""{ "id": "Nord" }""")]
    [InlineData("""{ "id": "nord\n" }""")]
    [InlineData("7")]
    public void An_entry_without_a_usable_id_is_a_fault_and_the_others_stay(string entry)
    {
        var read = Read($$"""{ "sources": [{{entry}}, {{GoodSource}}] }""");

        read.EntryFaults.Should().NotBeEmpty().And.OnlyContain(fault => fault.Place.StartsWith("sources[0]"));
        read.Sources.Should().ContainSingle().Which.Id.Should().Be("dp");
    }

    [Fact]
    public void A_file_that_is_not_JSON_says_where_and_repeats_nothing_of_it()
    {
        var read = Read("{\n  \"sources\": [ hunter2 ]\n}");

        var fault = read.FileFaults.Should().ContainSingle().Subject.ToString();
        fault.Should().Contain("line 2");
        fault.Should().NotContain("hunter2").And.NotContain("h'");
        read.Sources.Should().BeEmpty();
    }

    [Fact]
    public void A_key_written_twice_is_a_fault()
    {
        var read = Read("""{ "sources": [{ "id": "x", "region": "a", "region": "b", "plugin": "p", "patientKeys": ["INS-C"] }] }""");

        read.Sources[0].Faults.Should().ContainSingle().Which.ToString().Should().Be("sources[0].region: is written twice");
    }

    [Fact]
    public void White_space_and_comments_do_not_change_a_source_but_a_value_does()
    {
        var plain = Read($$"""{ "sources": [{{GoodSource}}] }""").Sources[0].Fingerprint;
        var spaced = Read($$"""{ "sources": [ /* the DP */ {{GoodSource.Replace(",", " ,\n ")}}] }""").Sources[0].Fingerprint;
        var changed = Read($$"""{ "sources": [{{GoodSource.Replace("national", "local")}}] }""").Sources[0].Fingerprint;

        spaced.Should().Be(plain);
        changed.Should().NotBe(plain);
    }

    [Fact]
    public void A_byte_order_mark_is_allowed()
    {
        var read = PluginsFileReader.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("{}")).ToArray());

        read.FileFaults.Should().BeEmpty();
    }

    private static PluginsConfiguration Read(string json) => PluginsFileReader.Read(Encoding.UTF8.GetBytes(json));
}
