using System.Text;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

public sealed class PatientRecordTests
{
    private static readonly PatientKey Asked = new("http://127.0.0.1/fhir/Patient", "7");
    private const string Now = "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability";
    private const string Then = "http://interopsante.org/fhir/StructureDefinition/fr-core-ident-reliability";
    private const string Rniv = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-status";
    private const string Table0445 = "http://interopsante.org/fhir/CodeSystem/fr-v2-0445";

    [Theory]
    [InlineData(Now, "identityStatus", Rniv, "QUAL", IdentityStatus.Qualified)]
    [InlineData(Now, "identityStatus", Rniv, "VALI", IdentityStatus.Validated)]
    [InlineData(Now, "identityStatus", Rniv, "RECUP", IdentityStatus.Retrieved)]
    [InlineData(Now, "identityStatus", Rniv, "PROV", IdentityStatus.Provisional)]
    [InlineData(Then, "identityReliability", Table0445, "VALI", IdentityStatus.Qualified)]
    [InlineData(Then, "identityReliability", Table0445, "PROV", IdentityStatus.Provisional)]
    [InlineData(Then, "identityReliability", Table0445, "DOUB", IdentityStatus.Provisional)]
    [InlineData(Now, "identityStatus", "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0445", "VALI", IdentityStatus.Qualified)]
    public void The_status_of_an_identity_is_read_by_the_edition_of_its_code(string extension, string inner, string system, string code, IdentityStatus status) =>
        Read($$$$"""
            {"resourceType":"Patient","extension":[{"url":"{{{{extension}}}}","extension":[{"url":"{{{{inner}}}}","valueCoding":{"system":"{{{{system}}}}","code":"{{{{code}}}}"}}]}]}
            """).TraitsFor(Asked).Status.Should().Be(status);

    [Fact]
    public void An_identity_that_states_no_status_is_provisional() => Read("""{"resourceType":"Patient"}""").TraitsFor(Asked).Status.Should().Be(IdentityStatus.Provisional);

    [Fact]
    public void The_form_of_2022_is_understood()
    {
        var traits = Read("""
            {"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"district":"65217","postalCode":"65150"}}],
             "name":[{"use":"maiden","family":"TILLEUL","given":["ROSE"]},{"use":"usual","family":"HÊTRE","given":["ROSE"]}],"birthDate":"1951-03","gender":"other"}
            """).TraitsFor(Asked);
        (traits.BirthName, traits.UsedName, traits.BirthPlaceCode, traits.Sex).Should().Be(("TILLEUL", "HÊTRE", "65217", TraitSex.Unknown));
        traits.GivenNames.Should().Equal("ROSE");
        traits.BirthDate!.Value.Precision.Should().Be(DatePrecision.Month);
    }

    [Fact]
    public void A_billing_number_is_no_identity_even_under_the_OID_of_the_INS()
    {
        var record = Read("""
            {"resourceType":"Patient","identifier":[
              {"type":{"coding":[{"code":"NH"}]},"system":"urn:oid:1.2.250.1.213.1.4.8","value":"279035121518989"},
              {"system":"urn:oid:1.2.3","value":"IPP1"},{"system":"urn:oid:1.2.4"},{"value":"x"}]}
            """);
        record.Keys.Should().Equal(new PatientKey("urn:oid:1.2.3", "IPP1"));
        record.CarriesInsuredNumber.Should().BeTrue();
    }

    [Fact]
    public void Wrong_types_are_as_if_absent() =>
        Read("""{"resourceType":"Patient","id":3,"name":{"family":"x"},"identifier":"y","extension":[3],"birthDate":1951,"gender":[]}""")
            .TraitsFor(Asked).Should().BeEquivalentTo(new PatientTraits { Keys = [Asked] });

    [Theory]
    [InlineData("baseUrl", "ftp://x/")]
    [InlineData("baseUrl", "http://user@x/")]
    [InlineData("baseUrl", "http://x/?a=b")]
    [InlineData("readWith", "all")]
    [InlineData("searchMethod", "put")]
    [InlineData("pageSize", "0")]
    [InlineData("maxPages", "many")]
    [InlineData("concurrency", "1000")]
    [InlineData("resourceTypes", "Observation,../etc")]
    [InlineData("resourceTypes", "Patient")]
    public void A_setting_that_means_nothing_is_refused_by_name(string name, string value)
    {
        var values = new Dictionary<string, string> { ["baseUrl"] = "http://127.0.0.1/fhir", [name] = value };
        new Action(() => FhirServerSettings.From(new SourceSettings(values)))
            .Should().Throw<SourceSettingsException>().Which.Setting.Should().Be(name);
    }

    private static PatientRecord Read(string json) => PatientRecord.Read(Encoding.UTF8.GetBytes(json));
}
