using System.Text;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

public sealed class PreviewTests
{
    private static readonly PatientKey Nobody = new("urn:dmpfederation:unidentified", "-");

    [Fact]
    public async Task A_transaction_without_ids_is_read_by_the_uuids_of_its_entries()
    {
        var items = await PreviewAsync(
            $$$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:b2","resource":{{{{Bundles.Observation("x", "urn:uuid:a1").Replace("\"id\":\"x\",", "", StringComparison.Ordinal)}}}}},
             {"fullUrl":"urn:uuid:a1","resource":{{{{Bundles.Patient("p", Bundles.Key.System, Bundles.Key.Value)}}}}},
             {"fullUrl":"urn:uuid:c3","resource":{"resourceType":"Organization","name":"CHU"}}]}
            """);
        var entry = items.Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which;
        (entry.LocalId, entry.FiledUnder, entry.Category).Should().Be(("Observation/b2", Bundles.Key, EntryCategory.LabResult));
    }

    [Fact]
    public async Task A_document_yields_its_head_as_document_and_its_facts_with_its_label()
    {
        var items = await PreviewAsync(
            $$$$"""
            {"resourceType":"Bundle","type":"document","entry":[
             {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Composition","id":"ips","status":"final","confidentiality":"R","title":"Synthèse",
               "type":{"coding":[{"system":"http://loinc.org","code":"60591-5"}]},"subject":{"reference":"urn:uuid:2"},"date":"2026-01-02"}},
             {"fullUrl":"urn:uuid:2","resource":{{{{Bundles.Patient("p", Bundles.Key.System, Bundles.Key.Value)}}}}},
             {"fullUrl":"urn:uuid:3","resource":{"resourceType":"AllergyIntolerance","id":"none","patient":{"reference":"Patient/p"},
               "code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003","display":"Aucune allergie connue"}]}}},
             {"fullUrl":"urn:uuid:4","resource":{"resourceType":"MedicationStatement","id":"m","status":"active","subject":{"reference":"urn:uuid:2"},"medicationReference":{"reference":"urn:uuid:5"}}},
             {"fullUrl":"urn:uuid:5","resource":{"resourceType":"Medication","id":"med","code":{"coding":[{"system":"http://www.whocc.no/atc","code":"C09AA05","display":"Ramipril"}]}}}]}
            """);
        var entries = items.Cast<DossierEntry>().ToDictionary(entry => entry.LocalId);
        entries.Should().HaveCount(3).And.ContainKeys("Composition/ips", "AllergyIntolerance/none", "MedicationStatement/m");
        entries["Composition/ips"].Should().Match<DossierEntry>(each =>
            each.Category == EntryCategory.Document && each.Title == "Synthèse" && each.Code!.Code == "60591-5" && each.DocumentLocalId == null);
        entries["AllergyIntolerance/none"].Should().Match<DossierEntry>(each =>
            each.Category == EntryCategory.Allergy && each.DocumentLocalId == "Composition/ips" && each.Confidentiality.Contains("R"));
        entries["MedicationStatement/m"].Code!.Code.Should().Be("C09AA05");
        entries.Values.Should().AllSatisfy(entry => entry.FiledUnder.Should().Be(Bundles.Key));
    }

    [Fact]
    public async Task Bulk_data_is_read_line_by_line_and_a_bad_line_spoils_only_itself()
    {
        var items = await PreviewAsync(
            string.Join('\n', Flat(Bundles.Observation("1")), "{broken", "", Flat(Bundles.Observation("2")), Flat(Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value))),
            "Observation.ndjson");
        items.OfType<DossierEntry>().Select(entry => (entry.LocalId, entry.FiledUnder))
            .Should().Equal(("Observation/1", Bundles.Key), ("Observation/2", Bundles.Key));
        items.OfType<Unreadable>().Should().ContainSingle().Which.Should().Match<Unreadable>(each => each.Code == "NOT_JSON" && each.Position == "line 2");
    }

    [Fact]
    public async Task Lines_are_recognised_under_any_name() =>
        (await PreviewAsync(Flat(Bundles.Observation("1")) + "\n" + Flat(Bundles.Observation("2")), "export.json")).Should().HaveCount(2);

    [Fact]
    public async Task A_single_resource_finds_its_patient_inside_itself_or_in_a_conditional_reference()
    {
        const string contained = """
            {"resourceType":"DocumentReference","id":"d","status":"current","contained":[{"resourceType":"Patient","id":"p","identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.10","value":"279035121518989"}]}],"subject":{"reference":"#p"}}
            """;
        (await OneAsync(contained)).FiledUnder.Should().Be(Bundles.Key);
        (await OneAsync(Bundles.Observation("1", "Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989"))).FiledUnder.Should().Be(Bundles.Key);
        (await OneAsync(Bundles.Observation("1").Replace("\"reference\":\"Patient/1\"", "\"display\":\"?\"", StringComparison.Ordinal))).FiledUnder.Should().Be(Nobody);
        (await OneAsync(Bundles.Observation("1", "Patient/7"))).FiledUnder.Should().Be(Nobody with { Value = "Patient/7" });
    }

    [Fact]
    public async Task A_lone_patient_is_shown_as_read_and_its_title_names_nobody()
    {
        var entry = await OneAsync(Bundles.Patient("p", Bundles.Key.System, Bundles.Key.Value));
        (entry.Category, entry.LocalId, entry.FiledUnder, entry.Title).Should().Be((EntryCategory.Other, "Patient/p", Bundles.Key, "Patient"));
    }

    [Theory]
    [InlineData("", "NOT_JSON")]
    [InlineData("%PDF-1.4", "NOT_JSON")]
    [InlineData("<?xml version=\"1.0\"?><Bundle xmlns=\"http://hl7.org/fhir\"/>", "FHIR_XML")]
    [InlineData("[1,2]", "NOT_A_RESOURCE")]
    [InlineData("{\"name\":\"x\"}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", "NO_FACTS")]
    [InlineData("{\"resourceType\":\"Organization\",\"id\":\"1\"}", "NO_FACTS")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":3}]}", "NOT_A_RESOURCE")]
    public async Task What_cannot_be_read_says_why(string text, string code) =>
        (await PreviewAsync(text)).Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Which.Code.Should().Be(code);

    [Fact]
    public async Task A_file_cut_in_the_middle_yields_what_it_holds_and_says_so()
    {
        var whole = Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2")]);
        var items = await PreviewAsync(whole[..(whole.Length - 60)]);
        items.OfType<DossierEntry>().Should().ContainSingle();
        items.OfType<Unreadable>().Should().ContainSingle().Which.Code.Should().Be("BUNDLE_CUT");
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_kept_as_unreadable()
    {
        var bytes = Encoding.UTF8.GetBytes(Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2")]));
        bytes[Array.LastIndexOf(bytes, (byte)'H')] = 0xFF;
        var items = await PreviewAsync(bytes, "x.json");
        items.OfType<DossierEntry>().Should().ContainSingle().Which.LocalId.Should().Be("Observation/1");
        items.OfType<Unreadable>().Should().ContainSingle().Which.Code.Should().Be("NOT_UTF8");
    }

    internal static async Task<List<ReadItem>> PreviewAsync(byte[] content, string name)
    {
        var items = new List<ReadItem>();
        await foreach (var item in new FhirServerPlugin().PreviewAsync(name, new MemoryStream(content), CancellationToken.None))
            items.Add(item);
        return items;
    }

    private static Task<List<ReadItem>> PreviewAsync(string text, string name = "file.json") => PreviewAsync(Encoding.UTF8.GetBytes(text), name);

    private static async Task<DossierEntry> OneAsync(string text) =>
        (await PreviewAsync(text)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which;

    private static string Flat(string json) => json.ReplaceLineEndings(" ");
}
