using System.Text;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class PatientTraitsTests
{
    private static readonly PatientKey Ins = new(PatientKeySystems.InsNirTest, "279035121518989");
    private static readonly PatientKey Former = new("urn:oid:1.2.250.1.71.9", "A-1");

    [Theory]
    [InlineData("DOMINIQUE", "DOMINIQUE MARIE-LOUISE", "DOMINIQUE|MARIE-LOUISE")]
    [InlineData("Jean Pierre", "JEAN PIERRE MARIE", "Jean Pierre|MARIE")]
    [InlineData("Jean|Pierre", "Jean Pierre Marie", "Jean|Pierre|Marie")]
    [InlineData("Jean", "Jeanne Marie", "Jeanne|Marie")]
    [InlineData("Marie", "Rose Marie", "Rose|Marie")]
    [InlineData("Rose", "  ", "Rose")]
    [InlineData("", " Rose \u00a0 Marie ", "Rose|Marie")]
    public void The_list_of_birth_given_names_completes_the_given_names(string given, string list, string expected) =>
        Read($$"""
            "name":[{"use":"official","family":"X","given":[{{string.Join(',', given.Split('|').Select(one => $"\"{one}\""))}}],"extension":[
              {"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-birth-list-given-name","valueString":"{{list}}"}]}]
            """).GivenNames.Should().Equal(expected.Split('|'));

    [Fact]
    public void A_name_that_is_not_of_birth_gives_no_birth_name_and_no_birth_given_names()
    {
        foreach (var use in new[] { "usual", "old", "nickname", "anonymous", "temp" })
        {
            var traits = Read($$"""
                "name":[{"use":"{{use}}","family":"HÊTRE","given":["ROSE"]}]
                """);
            traits.Should().BeEquivalentTo(new { BirthName = (string?)null, UsedName = use == "usual" ? "HÊTRE" : null, GivenNames = Array.Empty<string>() });
        }
    }

    [Fact]
    public void A_lone_name_of_no_stated_use_is_the_birth_name_but_beside_a_usual_one_it_is_nothing()
    {
        Read("""  "name":[{"family":"TILLEUL","given":["ROSE"]}]  """).BirthName.Should().Be("TILLEUL");
        Read("""  "name":[{"family":"TILLEUL"},{"use":"usual","family":"HÊTRE"}]  """).BirthName.Should().BeNull();
    }

    [Theory]
    [InlineData("51215", "51215")]
    [InlineData("2A004", "2A004")]
    [InlineData("99109", "99109")]
    [InlineData("3A004", null)]
    [InlineData("REIMS", null)]
    [InlineData("5121", null)]
    [InlineData("512150", null)]
    public void A_birth_place_is_a_code_of_the_INSEE_or_nothing(string code, string? expected)
    {
        Read($$$"""
            "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"extension":[
              {"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-address-insee-code","valueCoding":{"code":"{{{code}}}"}}]}}]
            """).BirthPlaceCode.Should().Be(expected);
        Read($$$"""
            "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthPlace","valueAddress":{"district":"{{{code}}}"}}]
            """).BirthPlaceCode.Should().Be(expected);
    }

    [Fact]
    public void A_deactivated_identifier_stays_only_when_it_was_asked_for()
    {
        const string Identifiers = """
            "identifier":[
              {"use":"official","system":"urn:oid:1.2.250.1.213.1.4.10","value":"279035121518989"},
              {"use":"old","system":"urn:oid:1.2.250.1.71.9","value":"A-1"},
              {"use":"official","system":"urn:oid:1.2.250.1.213.1.4.10","value":"279035121518989"}]
            """;

        Read(Identifiers).Keys.Should().Equal(Ins);
        Read(Identifiers, Former).Keys.Should().Equal(Ins, Former);
        Read(Identifiers, new PatientKey("urn:oid:1.2.3", "A-1")).Keys.Should().Equal(Ins);
    }

    [Fact]
    public void A_billing_number_is_no_key_even_when_it_was_asked_for() => Read("""
        "identifier":[{"use":"official","type":{"coding":[{"code":"NH"}]},"system":"urn:oid:1.2.250.1.213.1.4.10","value":"279035121518989"}]
        """, Ins).Keys.Should().BeEmpty();

    [Theory]
    [InlineData("fr-core-cs-identity-status", "VALI", IdentityStatus.Validated)]
    [InlineData("fr-core-cs-v2-0445", "VALI", IdentityStatus.Qualified)]
    [InlineData("fr-core-cs-v2-0445", "PROV", IdentityStatus.Provisional)]
    [InlineData("fr-core-cs-identity-status", "RECUP", IdentityStatus.Retrieved)]
    [InlineData("fr-core-cs-identity-status", "QUAL", IdentityStatus.Qualified)]
    public void VALI_is_read_by_the_edition_of_its_code_system(string system, string code, IdentityStatus expected) => Read($$$"""
        "extension":[{"url":"https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-identity-reliability","extension":[
          {"url":"identityStatus","valueCoding":{"system":"https://hl7.fr/ig/fhir/core/CodeSystem/{{{system}}}","code":"{{{code}}}"}}]}]
        """).Status.Should().Be(expected);

    [Fact]
    public void Values_of_the_wrong_kind_are_as_if_absent() => Read("""
        "name":[3,{"use":7},{"use":"official","family":["x"],"given":[{},"",null,"\ud800"],"extension":{}}],"birthDate":"1951-02-30",
        "identifier":[{"system":"urn:oid:1","value":""},{"system":"","value":"1"},null],"extension":[{"url":"patient-birthPlace","valueAddress":[]}]
        """).Should().BeEquivalentTo(new PatientTraits());

    [Theory]
    [InlineData("", "NOT_JSON")]
    [InlineData("not json", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Patient\"} x", "NOT_JSON")]
    [InlineData("{\"resourceType\":\"Patient\",\"nam\\ud800\":1}", "NOT_JSON")]
    [InlineData("[]", "NOT_A_RESOURCE")]
    [InlineData("null", "NOT_A_RESOURCE")]
    [InlineData("{}", "NOT_A_RESOURCE")]
    [InlineData("{\"resourceType\":\"Practitioner\"}", "NOT_A_RESOURCE")]
    public void What_is_no_Patient_is_refused_with_a_code_and_without_its_content(string text, string code)
    {
        var read = () => PatientTraits.FromJson(Encoding.UTF8.GetBytes(text));

        var refusal = read.Should().Throw<EntryFormatException>().Which;
        refusal.Code.Should().Be(code);
        refusal.InnerException.Should().BeNull();
    }

    [Fact]
    public void The_lists_of_what_is_kept_are_arrays_whoever_wrote_them()
    {
        Coding[] codings = [new("http://loinc.org", "4548-4")];
        var entry = new DossierEntry
        {
            LocalId = "1",
            FiledUnder = Ins,
            Category = EntryCategory.LabResult,
            Title = "HbA1c",
            Resource = "{}"u8.ToArray(),
            Codings = codings,
            Confidentiality = ["R", "V"],
            Identifiers = new List<BusinessIdentifier> { new("urn:oid:1", "2") },
        };
        var traits = new PatientTraits { GivenNames = ["RUTH", "ISABELLE"], Keys = [Ins] };
        var copy = traits with { Keys = [Former, Ins] };

        entry.Codings.Should().BeSameAs(codings);
        entry.Confidentiality.Should().BeOfType<string[]>().And.Equal("R", "V");
        entry.Identifiers.Should().BeOfType<BusinessIdentifier[]>().And.Equal(new BusinessIdentifier("urn:oid:1", "2"));
        traits.GivenNames.Should().BeOfType<string[]>().And.Equal("RUTH", "ISABELLE");
        traits.Keys.Should().BeOfType<PatientKey[]>();
        copy.Keys.Should().BeOfType<PatientKey[]>().And.Equal(Former, Ins);
        new PatientTraits().Keys.Should().BeSameAs(Array.Empty<PatientKey>());
    }

    private static PatientTraits Read(string members, PatientKey? asked = null) =>
        PatientTraits.FromJson(Encoding.UTF8.GetBytes("{\"resourceType\":\"Patient\"," + members + "}"), asked);
}
