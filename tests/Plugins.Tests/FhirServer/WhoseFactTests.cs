using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>A fact is filed under whom it says, never under whom was asked for.</summary>
public sealed class WhoseFactTests
{
    [Theory]
    [InlineData("Patient/2", "{base}Patient", "2")]
    [InlineData("{base}Patient/2", "{base}Patient", "2")]
    [InlineData("http://elsewhere.example/fhir/Patient/1", "http://elsewhere.example/fhir/Patient", "1")]
    [InlineData("Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|162126587913677", PatientKeySystems.InsNirTest, "162126587913677")]
    public async Task A_fact_of_another_patient_shows_a_key_nobody_asked_for(string subject, string system, string value)
    {
        ScriptedServer? server = null;
        await using var running = server = await ScriptedServer.WithObservationsAsync((http, _) => Bundles.WriteAsync(http, Bundles.SearchSet(
            [Bundles.Observation("1"), Bundles.Observation("9", subject.Replace("{base}", server!.BaseUrl, StringComparison.Ordinal))])));
        await using var source = new OpenSource(server.BaseUrl);
        var entries = (await source.ReadAsync(Bundles.Key)).Should().AllBeOfType<DossierEntry>().Which.ToDictionary(entry => entry.LocalId);
        entries["Observation/1"].FiledUnder.Should().Be(Bundles.Key);
        entries["Observation/9"].FiledUnder.Should().Be(new PatientKey(system.Replace("{base}", server.BaseUrl, StringComparison.Ordinal), value));
    }

    [Theory]
    [InlineData("{base}Patient/1")]
    [InlineData("Patient/1/_history/3")]
    [InlineData("Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989")]
    public async Task Every_way_of_naming_the_patient_asked_for_is_understood(string subject)
    {
        ScriptedServer? server = null;
        await using var running = server = await ScriptedServer.WithObservationsAsync((http, _) => Bundles.WriteAsync(http, Bundles.SearchSet(
            [Bundles.Observation("1", subject.Replace("{base}", server!.BaseUrl, StringComparison.Ordinal))])));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which.FiledUnder.Should().Be(Bundles.Key);
    }

    [Fact]
    public async Task A_resource_that_names_two_patients_is_nobodys_and_is_kept_as_unreadable()
    {
        var twice = Bundles.Observation("1")[..^1] + ",\"subject\":{\"reference\":\"Patient/2\"}}";
        (await ReadAsync([twice])).Should().ContainSingle().Which.Should().BeOfType<Unreadable>()
            .Which.Should().Match<Unreadable>(each => each.Code == "SUBJECT_AMBIGUOUS" && each.LocalId == "Observation/1" && each.Raw.Length == twice.Length);
    }

    [Fact]
    public async Task An_included_fact_of_somebody_else_is_left_out_and_one_of_the_patient_is_read_once()
    {
        await using var server = await ScriptedServer.WithObservationsAsync((http, path) => path == "Observation/_search"
            ? Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Observation("1")], "Observation?page=2"))
            : Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2"), Bundles.Observation("3", "Patient/7")], mode: "include")));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.ReadAsync(Bundles.Key)).Cast<DossierEntry>().Select(entry => entry.LocalId)
            .Should().BeEquivalentTo("Observation/1", "Observation/2");
    }

    [Fact]
    public async Task What_was_entered_in_error_is_not_a_fact_any_more()
    {
        const string condition = """
            {"resourceType":"Condition","id":"5","verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"entered-in-error"}]},"subject":{"reference":"Patient/1"}}
            """;
        (await ReadAsync([Bundles.Observation("1", status: "entered-in-error"), condition, Bundles.Observation("2")]))
            .Cast<DossierEntry>().Select(entry => entry.LocalId).Should().Equal("Observation/2");
    }

    [Fact]
    public async Task A_search_by_INS_that_finds_a_child_by_the_parents_billing_number_does_not_mix_them_up()
    {
        await using var server = await ScriptedServer.StartAsync((http, path) => path switch
        {
            "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("Observation")),
            "Patient" => Bundles.WriteAsync(http, Bundles.SearchSet(
                [Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value), Bundles.Patient("2", Bundles.Key.System, Bundles.Key.Value, "NH")])),
            _ => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Observation("1")])),
        });
        await using var source = new OpenSource(server.BaseUrl, ("searchMethod", "get"));
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle().Which.Should().BeOfType<DossierEntry>();
        server.Requests.Should().NotContain(request => request.Contains("Patient/2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_child_found_by_the_parents_billing_number_alone_leaves_the_parent_unknown()
    {
        await using var server = await ScriptedServer.StartAsync((http, path) => Bundles.WriteAsync(
            http, path == "metadata" ? Bundles.Capabilities("Observation") : Bundles.SearchSet([Bundles.Patient("2", Bundles.Key.System, Bundles.Key.Value, "NH")])));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle().Which.Should().BeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task A_server_that_answers_another_patient_makes_a_gap_and_not_an_unknown_patient()
    {
        await using var server = await ScriptedServer.StartAsync((http, path) => Bundles.WriteAsync(
            http, path == "metadata" ? Bundles.Capabilities("Observation") : Bundles.SearchSet([Bundles.Patient("2", Bundles.Key.System, "162126587913677")])));
        await using var source = new OpenSource(server.BaseUrl);
        (await source.ReadAsync(Bundles.Key)).Should().ContainSingle().Which.Should().BeOfType<ReadGap>().Which.Code.Should().Be("WRONG_PATIENT");
    }

    [Fact]
    public async Task A_patient_with_two_records_is_read_from_both()
    {
        await using var server = await ScriptedServer.StartAsync((http, path) => path switch
        {
            "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("Observation")),
            "Patient" => Bundles.WriteAsync(http, Bundles.SearchSet(
                [Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value), Bundles.Patient("2", Bundles.Key.System, Bundles.Key.Value)])),
            _ => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Observation("1"), Bundles.Observation("2", "Patient/2")])),
        });
        await using var source = new OpenSource(server.BaseUrl, ("searchMethod", "get"));
        (await source.ReadAsync(Bundles.Key)).Cast<DossierEntry>().Should().HaveCount(2).And.AllSatisfy(entry => entry.FiledUnder.Should().Be(Bundles.Key));
        server.Requests.Should().ContainSingle(request => request.StartsWith("GET Observation?patient=Patient%2F1%2CPatient%2F2", StringComparison.Ordinal));
        var persons = await source.FindAsync(Bundles.Key);
        persons.Should().HaveCount(2, "the hub must see both records");
        persons.Should().OnlyContain(person => person.Patient == Bundles.Key && person.DocumentLocalId == null);
    }

    [Fact]
    public async Task By_POST_no_identifier_and_no_record_number_stands_in_an_address()
    {
        await using var server = await ScriptedServer.WithObservationsAsync((http, _) => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Observation("1")])));
        await using var source = new OpenSource(server.BaseUrl, ("bearerToken", "t0ken"));
        await source.ReadAsync(Bundles.Key);
        server.Requests.Should().BeEquivalentTo(["GET metadata", "POST Patient/_search", "POST Observation/_search"], "the traits cost no further call");
    }

    [Fact]
    public async Task A_medicine_named_by_reference_gives_the_fact_its_code_wherever_it_comes()
    {
        const string request = """
            {"resourceType":"MedicationRequest","id":"@","status":"active","intent":"order","medicationReference":{"reference":"Medication/m@"},"subject":{"reference":"Patient/1"}}
            """;
        const string medicine = """
            {"resourceType":"Medication","id":"m@","code":{"coding":[{"system":"http://www.whocc.no/atc","code":"A10BA02","display":"Metformine"}]}}
            """;
        string[] first = [medicine.Replace('@', '1'), request.Replace('@', '1'), request.Replace('@', '2'), request.Replace('@', '3')];
        await using var server = await ScriptedServer.StartAsync((http, path) => path switch
        {
            "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("MedicationRequest")),
            "Patient/_search" => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
            "MedicationRequest/_search" => Bundles.WriteAsync(http, Bundles.SearchSet(first, "MedicationRequest?page=2")),
            _ => Bundles.WriteAsync(http, Bundles.SearchSet([medicine.Replace('@', '2')])),
        });
        await using var source = new OpenSource(server.BaseUrl);
        var entries = (await source.ReadAsync(Bundles.Key)).Cast<DossierEntry>().ToDictionary(entry => entry.LocalId);
        entries.Should().HaveCount(3);
        entries["MedicationRequest/1"].Code.Should().Be(new Coding("http://www.whocc.no/atc", "A10BA02", "Metformine"));
        entries["MedicationRequest/2"].Title.Should().Be("Metformine");
        entries["MedicationRequest/2"].Category.Should().Be(EntryCategory.Medication);
        entries["MedicationRequest/3"].Code.Should().BeNull();
    }

    private static async Task<List<ReadItem>> ReadAsync(string[] resources)
    {
        await using var server = await ScriptedServer.WithObservationsAsync((http, _) => Bundles.WriteAsync(http, Bundles.SearchSet(resources)));
        await using var source = new OpenSource(server.BaseUrl);
        return await source.ReadAsync(Bundles.Key);
    }
}
