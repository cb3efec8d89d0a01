using System.Text;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class EntryReaderTests
{
    private static readonly PatientKey Key = new(PatientKeySystems.InsNirTest, "279035121518989");

    [Fact]
    public void A_laboratory_result_fills_the_whole_envelope()
    {
        var entry = Read("""
            {
              "resourceType": "Observation", "id": "hba1c-1",
              "meta": {
                "versionId": "2", "lastUpdated": "2009-03-13T09:00:00.000+01:00",
                "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R" }]
              },
              "identifier": [{ "system": "urn:oid:1.2.250.1.999", "value": "2009-42-7" }],
              "status": "final",
              "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory" }] }],
              "code": {
                "coding": [{ "code": "HBA1C 001" }, { "system": "http://loinc.org", "code": "4548-4", "display": "Hb A1c" }],
                "text": "Hémoglobine A1c"
              },
              "subject": { "identifier": { "system": "urn:oid:1.2.250.1.213.1.4.10", "value": "279035121518989" } },
              "effectiveDateTime": "2009-03-12",
              "performer": [
                { "display": "Dr Agnès DRAGNES", "identifier": { "system": "https://rpps.esante.gouv.fr", "value": "99700218896" } },
                { "reference": "Organization/lab", "display": "Laboratoire des Charmes" }
              ],
              "valueQuantity": { "value": 7.40, "comparator": ">=", "unit": "pour cent", "system": "http://unitsofmeasure.org", "code": "%" },
              "interpretation": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "code": "H" }] }],
              "referenceRange": [{ "low": { "value": 4 }, "high": { "value": 6, "unit": "pour cent", "code": "%" } }]
            }
            """);

        entry.LocalId.Should().Be("Observation/hba1c-1");
        entry.FiledUnder.Should().Be(Key);
        entry.Category.Should().Be(EntryCategory.LabResult);
        entry.Version.Should().Be("2");
        entry.Recorded.Should().Be(new DateTimeOffset(2009, 3, 13, 8, 0, 0, TimeSpan.Zero));
        entry.Confidentiality.Should().Equal("R");
        entry.Identifiers.Should().Equal(new BusinessIdentifier("urn:oid:1.2.250.1.999", "2009-42-7"));
        entry.Status.Should().Be("final");
        entry.Code.Should().Be(new Coding("http://loinc.org", "4548-4", "Hb A1c"));
        entry.Codings.Should().Equal(new Coding(null, "HBA1C 001"), new Coding("http://loinc.org", "4548-4", "Hb A1c"));
        entry.Title.Should().Be("Hémoglobine A1c");
        entry.Subject.Should().Be(Key);
        entry.Date.Should().Be(FhirDate.Parse("2009-03-12"));
        entry.Author.Should().Be(new EntryAuthor("899700218896", "Dr Agnès DRAGNES", null, null, "Laboratoire des Charmes"));
        entry.Value.Should().Be(new EntryValue
        {
            Number = 7.4m,
            Comparator = ">=",
            Unit = "pour cent",
            UnitCode = "%",
            ReferenceLow = 4,
            ReferenceHigh = 6,
            Interpretation = "H",
        });
    }

    [Fact]
    public void A_reference_range_in_another_unit_is_not_given_as_if_it_were_in_the_unit_of_the_value() =>
        Read("""
            {"resourceType":"Observation","id":"1","code":{"text":"Glycémie"},"valueQuantity":{"value":4.89,"unit":"mmol/L"},
             "referenceRange":[{"low":{"value":0.74,"unit":"g/L"},"high":{"value":1.06,"unit":"g/L"}}]}
            """).Value.Should().Be(new EntryValue { Number = 4.89m, Unit = "mmol/L" });

    [Fact]
    public void Blood_pressure_is_written_as_doctors_write_it()
    {
        var entry = Read("""
            {"resourceType":"Observation","id":"1","code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"component":[
              {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":80,"unit":"mm[Hg]"}},
              {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"unit":"mm[Hg]"}}]}
            """);

        entry.Category.Should().Be(EntryCategory.VitalSign);
        entry.Value!.Text.Should().Be("120/80 mm[Hg]");
    }

    [Fact]
    public void Another_panel_lists_its_components() =>
        Read("""
            {"resourceType":"Observation","id":"1","component":[
              {"code":{"text":"Grade"},"valueInteger":2},{"code":{"text":"Pouls"},"valueCodeableConcept":{"text":"présent"}},
              {"code":{"text":"Vide"}}]}
            """).Value!.Text.Should().Be("Grade: 2; Pouls: présent");

    [Theory]
    [InlineData("\"valueString\":\"positif\"", "positif")]
    [InlineData("\"valueBoolean\":false", "false")]
    [InlineData("\"valueRatio\":{\"numerator\":{\"value\":1},\"denominator\":{\"value\":128}}", "1:128")]
    [InlineData("\"valueRange\":{\"low\":{\"value\":4,\"unit\":\"g\"},\"high\":{\"value\":6,\"unit\":\"g\"}}", "4 g - 6 g")]
    [InlineData("\"valuePeriod\":{\"start\":\"2009-03-12\",\"end\":\"2009-03-14\"}", "2009-03-12/2009-03-14")]
    public void Values_that_are_no_quantity_become_text(string value, string text) =>
        Read($"{{\"resourceType\":\"Observation\",\"id\":\"1\",{value}}}").Value!.Text.Should().Be(text);

    [Fact]
    public void A_problem_entered_in_error_says_so_though_it_has_no_clinical_status()
    {
        Read("""{"resourceType":"Condition","id":"1","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}""")
            .Status.Should().Be("entered-in-error");
        Read("""
            {"resourceType":"Condition","id":"1","verificationStatus":{"coding":[{"code":"confirmed"}]},
             "clinicalStatus":{"coding":[{"code":"active"}]}}
            """).Status.Should().Be("active");
    }

    [Fact]
    public void A_contained_medicine_gives_the_code_though_everything_stands_in_reverse_order() =>
        Read("""
            {"medicationReference":{"reference":"#m"},
             "contained":[{"code":{"coding":[{"display":"Metformine","code":"A10BA02","system":"http://www.whocc.no/atc"}]},
              "id":"m","resourceType":"Medication"}],"status":"completed","whenHandedOver":"2009-05-01","quantity":{"unit":"boîte","value":2},
             "id":"9","resourceType":"MedicationDispense"}
            """).Should().BeEquivalentTo(new
        {
            LocalId = "MedicationDispense/9",
            Category = EntryCategory.Medication,
            Code = new Coding("http://www.whocc.no/atc", "A10BA02", "Metformine"),
            Title = "Metformine",
            Value = new EntryValue { Number = 2, Unit = "boîte" },
            Status = "completed",
        });

    [Fact]
    public void The_author_of_a_document_is_found_behind_a_contained_role()
    {
        var entry = Read("""
            {"resourceType":"DocumentReference","id":"d","status":"current","masterIdentifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3"},
             "identifier":[{"value":"L1"}],"type":{"coding":[{"system":"http://loinc.org","code":"11488-4","display":"CR de consultation"}]},
             "subject":{"reference":"Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989"},"author":[{"reference":"#role"}],
             "date":"2009-06-12T10:00:00+02:00","securityLabel":[{"coding":[
               {"system":"https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument","code":"MASQUE_PS"},
               {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"N"},{"system":"http://example.org/tag","code":"X"}]}],
             "contained":[
               {"resourceType":"Practitioner","id":"p","name":[{"family":"DRAGNES","given":["Agnès"],"prefix":["Dr"]}],
                "identifier":[{"value":"42"},{"system":"urn:oid:1.2.250.1.71.4.2.1","value":"899700218896"}]},
               {"resourceType":"PractitionerRole","id":"role","identifier":[{"value":"not the person's"}],"practitioner":{"reference":"#p"},
                "organization":{"display":"Cabinet des Charmes","identifier":{"value":"499700218896001"}},
                "code":[{"coding":[{"system":"https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante","code":"10"}]}],
                "specialty":[{"coding":[{"code":"SM26"}]}]}]}
            """);

        entry.Author.Should().Be(new EntryAuthor("899700218896", "Dr Agnès DRAGNES", "G15_10/SM26", "499700218896001", "Cabinet des Charmes"));
        entry.Identifiers.Should().Equal(new BusinessIdentifier("urn:ietf:rfc:3986", "urn:oid:1.2.3"), new BusinessIdentifier("", "L1"));
        entry.Confidentiality.Should().Equal("MASQUE_PS", "N");
        entry.Subject.Should().Be(Key);
        entry.Title.Should().Be("CR de consultation");
    }

    [Fact]
    public void Labels_of_the_source_document_are_added_and_none_is_lost_to_a_property_written_twice() =>
        DossierEntry.FromJson(
            """
            {"resourceType":"Flag","id":"1","meta":{"security":[{"system":"urn:oid:1.2.250.1.213.1.1.4.13","code":"MASQUE_PS"}]},
             "meta":{"versionId":"1"}}
            """u8.ToArray(),
            new EntryContext(Key, Confidentiality: ["R", "MASQUE_PS"])).Confidentiality.Should().Equal("MASQUE_PS", "R");

    [Fact]
    public void The_last_of_two_equal_properties_counts_as_it_does_for_those_who_read_the_bytes_later() =>
        Read("""{"resourceType":"Flag","id":"1","status":"active","code":{"text":"a"},"status":"inactive","code":{"text":"b"}}""")
            .Should().BeEquivalentTo(new { Status = "inactive", Title = "b" });

    [Fact]
    public void The_byte_order_mark_is_left_out_of_the_entry() =>
        Read("\ufeff{\"resourceType\":\"Flag\",\"id\":\"1\"}").Resource.Span[0].Should().Be((byte)'{');

    [Theory]
    [InlineData("Observation")]
    [InlineData("DocumentReference")]
    [InlineData("Encounter")]
    [InlineData("Basic")]
    public void A_resource_that_says_nothing_is_titled_by_its_type(string type) =>
        Read($"{{\"resourceType\":\"{type}\",\"id\":\"1\"}}").Title.Should().Be(type);

    [Fact]
    public void Reading_an_ordinary_observation_allocates_little()
    {
        var bytes = """
            {"resourceType":"Observation","id":"o1","meta":{"versionId":"1"},"status":"final","category":[{"coding":[{"system":
            "http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
            "code":{"coding":[{"system":"http://loinc.org","code":"4548-4",
            "display":"Hb A1c"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2009-03-12","valueQuantity":{"value":7.4,"unit":"%",
            "system":"http://unitsofmeasure.org","code":"%"},"referenceRange":[{"low":{"value":4},"high":{"value":6}}]}
            """u8.ToArray();
        var context = new EntryContext(Key);
        for (var warm = 0; warm < 50; warm++)
            DossierEntry.FromJson(bytes, context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
            DossierEntry.FromJson(bytes, context);

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        each.Should().BeLessThan(900, "the envelope, its value, its id and its date are all that is new");
    }

    private static DossierEntry Read(string json) => DossierEntry.FromJson(Encoding.UTF8.GetBytes(json), new EntryContext(Key));
}
