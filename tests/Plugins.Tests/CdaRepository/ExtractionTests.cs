using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class ExtractionTests
{
    [Theory]
    [InlineData("<value xsi:type=\"PQ\" value=\"7,4\" unit=\"%\"/>", "7.4|%||")]
    [InlineData("<value xsi:type=\"IVL_PQ\"><high value=\"1.0\" unit=\"mg/L\" inclusive=\"false\"/></value>", "1.0|mg/L|<|")]
    [InlineData("<value xsi:type=\"IVL_PQ\"><low value=\"1.0\" unit=\"mg/L\"/></value>", "1.0|mg/L|>=|")]
    [InlineData("<value xsi:type=\"IVL_PQ\"><low value=\"2\"/><high value=\"5\"/></value>", "||| 2 - 5")]
    [InlineData("<value xsi:type=\"INT\" value=\"3\"/>", "3|||")]
    [InlineData("<value xsi:type=\"REAL\" value=\"2.5\"/>", "2.5|||")]
    [InlineData("<value xsi:type=\"ST\">Trouble</value>", "||| Trouble")]
    [InlineData("<value xsi:type=\"CD\" code=\"260385009\" displayName=\"négatif\" codeSystem=\"2.16.840.1.113883.6.96\"/>", "||| négatif")]
    [InlineData("<value xsi:type=\"BL\" value=\"true\"/>", "||| true")]
    [InlineData("<value xsi:type=\"TS\" value=\"20090312\"/>", "||| 2009-03-12")]
    [InlineData("<value xsi:type=\"RTO_PQ_PQ\"><numerator value=\"1\"/><denominator value=\"128\"/></value>", "||| 1 / 128")]
    public async Task Each_type_of_value_reads(string value, string expected)
    {
        var result = (await Preview.EntriesOfAsync(CdaSample.One("18719-5", CdaSample.Result(value))))[1];
        var read = result.Value!;
        var text = read.Text is null ? "" : $" {read.Text}";
        FormattableString.Invariant($"{read.Number}|{read.Unit}|{read.Comparator}|{text}").Should().Be(expected);
    }

    [Theory]
    [InlineData("UNK", "unknown")]
    [InlineData("NASK", "not-asked")]
    [InlineData("NAV", "temp-unknown")]
    [InlineData("MSK", "masked")]
    [InlineData("OTH", "unknown")]
    [InlineData("NI", "unknown")]
    public async Task A_missing_result_says_why_it_is_missing(string nullFlavor, string reason)
    {
        var result = (await Preview.EntriesOfAsync(CdaSample.One("18719-5", CdaSample.Result($"<value xsi:type=\"PQ\" nullFlavor=\"{nullFlavor}\"/>"))))[1];
        result.Value.Should().BeNull();
        result.Json().GetProperty("dataAbsentReason").GetProperty("coding")[0].GetProperty("code").GetString().Should().Be(reason);
    }

    [Fact]
    public async Task A_result_takes_the_nearest_time_around_it()
    {
        static string Act(string time, string inner) =>
            $"<act classCode=\"ACT\" moodCode=\"EVN\"><code code=\"18719-5\"/>{time}<entryRelationship><organizer>{inner}<component>{CdaSample.Result("<value xsi:type=\"INT\" value=\"1\"/>")}</component></organizer></entryRelationship></act>";
        (await DateOfAsync(Act("<effectiveTime value=\"2001\"/>", "<effectiveTime value=\"2002\"/>"))).Should().Be("2002");
        (await DateOfAsync(Act("<effectiveTime value=\"2001\"/>", ""))).Should().Be("2001");
        (await DateOfAsync(Act("<effectiveTime nullFlavor=\"UNK\"/>", ""))).Should().Be("2009-03-12T10:15:00+01:00", "the document is the last resort");

        static async Task<string> DateOfAsync(string act) => (await Preview.EntriesOfAsync(CdaSample.One("18719-5", act)))[1].Date.ToString()!;
    }

    [Fact]
    public async Task A_local_code_without_LOINC_keeps_its_wording_from_the_text()
    {
        var text = "<text><table><tbody><tr><td><content ID=\"r1\">C réactive<br/> protéine</content></td></tr></tbody></table></text>";
        var code = "<code nullFlavor=\"OTH\"><originalText><reference value=\"#r1\"/></originalText><translation code=\"CRP\" codeSystem=\"2.999.5\"/></code>";
        var result = (await Preview.EntriesOfAsync(CdaSample.One("18719-5", CdaSample.Result("<value xsi:type=\"INT\" value=\"1\"/>", code), text)))[1];
        result.Title.Should().Be("C réactive protéine");
        result.Code.Should().Be(new Coding("urn:oid:2.999.5", "CRP"));
    }

    [Fact]
    public async Task One_measurement_in_two_units_stays_two_results_of_one_time_and_specimen()
    {
        var molar = CdaSample.Result(
            "<effectiveTime value=\"20090311\"/><value xsi:type=\"PQ\" value=\"4.89\" unit=\"mmol/L\"/>", "<code code=\"40193-5\" codeSystem=\"2.16.840.1.113883.6.1\"/>");
        var mass = CdaSample.Result(
            "<effectiveTime value=\"20090311\"/><value xsi:type=\"PQ\" value=\"0.88\" unit=\"g/L\"/>", "<code code=\"53049-3\" codeSystem=\"2.16.840.1.113883.6.1\"/>");
        var organizer = $"""
            <organizer classCode="BATTERY" moodCode="EVN"><specimen><specimenRole><specimenPlayingEntity><code code="119364003" displayName="Sérum"
            codeSystem="2.16.840.1.113883.6.96"/></specimenPlayingEntity></specimenRole></specimen><component>{molar}</component><component>{mass}</component></organizer>
            """;
        var results = (await Preview.EntriesOfAsync(CdaSample.One("18719-5", organizer))).Skip(1).ToList();
        results.Select(result => result.Date.ToString()).Should().Equal("2009-03-11", "2009-03-11");
        results.Select(result => result.Json().GetProperty("specimen").GetProperty("display").GetString()).Should().Equal("Sérum", "Sérum");
        results.Select(result => result.LocalId).Should().Equal("2.999.1.1#18719-5/1/1", "2.999.1.1#18719-5/1/2");
    }

    [Fact]
    public async Task An_id_used_twice_names_two_facts_apart_and_identifies_neither()
    {
        var id = "<id root=\"12DA3A06-18E7-40B7-9397-1FA5B1552472\"/>";
        var one = CdaSample.Result("<value xsi:type=\"INT\" value=\"1\"/>", id: id);
        var entries = await Preview.EntriesOfAsync(CdaSample.Document(CdaSample.Body(CdaSample.Section("18719-5", CdaSample.Entry(one) + CdaSample.Entry(one)))));
        entries.Skip(1).Select(entry => entry.LocalId)
            .Should().Equal("2.999.1.1#12DA3A06-18E7-40B7-9397-1FA5B1552472", "2.999.1.1#12DA3A06-18E7-40B7-9397-1FA5B1552472~2");
        entries.Skip(1).Should().OnlyContain(entry => entry.Identifiers.Count == 0);
    }

    [Fact]
    public async Task An_id_with_an_extension_is_a_business_identifier_of_its_root()
    {
        var result = (await Preview.EntriesOfAsync(CdaSample.One("18719-5", CdaSample.Result("<value xsi:type=\"INT\" value=\"1\"/>", id: "<id root=\"2.999.69.1\" extension=\"R1\"/>"))))[1];
        result.LocalId.Should().Be("2.999.1.1#2.999.69.1^R1");
        result.Identifiers.Should().Equal(new BusinessIdentifier("urn:oid:2.999.69.1", "R1"));
        result.DocumentLocalId.Should().Be("2.999.1.1");
        result.Version.Should().Be("2");
    }

    [Theory]
    [InlineData("active", "active")]
    [InlineData("completed", "resolved")]
    [InlineData("suspended", "inactive")]
    public async Task A_problem_without_status_takes_that_of_its_concern(string concern, string status)
    {
        var problem = Concern(concern, "<value xsi:type=\"CD\" code=\"I10\" codeSystem=\"2.16.840.1.113883.6.3\" displayName=\"Hypertension\"/>");
        var entry = (await Preview.EntriesOfAsync(CdaSample.One("11450-4", problem)))[1];
        entry.Category.Should().Be(EntryCategory.Condition);
        entry.Status.Should().Be(status);
        entry.Code.Should().Be(new Coding("http://hl7.org/fhir/sid/icd-10", "I10", "Hypertension"));
        entry.Date.ToString().Should().Be("2008-05");
    }

    [Theory]
    [InlineData("negationInd=\"true\"", "<code code=\"416098002\" codeSystem=\"2.16.840.1.113883.6.96\"/>", "409137002")]
    [InlineData("negationInd=\"true\"", "<code code=\"609328004\" codeSystem=\"2.16.840.1.113883.6.96\"/>", "716186003")]
    [InlineData("", "<code code=\"716186003\" codeSystem=\"2.16.840.1.113883.6.96\" displayName=\"aucune allergie connue\"/>", "716186003")]
    public async Task No_known_allergy_is_a_coded_statement_in_each_of_its_forms(string negation, string code, string none)
    {
        var act = $"<act><code nullFlavor=\"NA\"/><statusCode code=\"active\"/><entryRelationship typeCode=\"SUBJ\"><observation {negation} moodCode=\"EVN\">{code}</observation></entryRelationship></act>";
        var entry = (await Preview.EntriesOfAsync(CdaSample.One("48765-2", act)))[1];
        entry.Category.Should().Be(EntryCategory.Allergy);
        entry.Code!.Code.Should().Be(none);
        entry.Json().GetProperty("verificationStatus").GetProperty("coding")[0].GetProperty("code").GetString().Should().Be("confirmed");
    }

    [Fact]
    public async Task A_vaccine_not_given_is_not_done_with_its_reason()
    {
        var vaccine = """
            <substanceAdministration moodCode="EVN" negationInd="true"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.12"/><effectiveTime value="20090310"/>
            <consumable><manufacturedProduct><manufacturedMaterial><code code="J07BB02" codeSystem="2.16.840.1.113883.6.73" displayName="Grippe"/></manufacturedMaterial>
            </manufacturedProduct></consumable><entryRelationship typeCode="RSON"><act><code code="PATOBJ" codeSystem="2.16.840.1.113883.5.8" displayName="Refus du patient"/></act>
            </entryRelationship></substanceAdministration>
            """;
        var entry = (await Preview.EntriesOfAsync(CdaSample.One("11369-6", vaccine)))[1];
        entry.Category.Should().Be(EntryCategory.Immunization);
        entry.Status.Should().Be("not-done");
        entry.Json().GetProperty("statusReason").GetProperty("coding")[0].GetProperty("display").GetString().Should().Be("Refus du patient");
    }

    [Fact]
    public async Task A_medicine_in_an_adverse_effect_is_an_intolerance_and_never_a_treatment()
    {
        var effect = """
            <observation moodCode="EVN"><code code="79899007" codeSystem="2.16.840.1.113883.6.96"/><value xsi:type="CD"/><entryRelationship typeCode="COMP">
            <substanceAdministration moodCode="EVN"><consumable><manufacturedProduct><manufacturedMaterial><code code="J01CA04" codeSystem="2.16.840.1.113883.6.73"
            displayName="amoxicilline"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entryRelationship></observation>
            """;
        var entries = await Preview.EntriesOfAsync(CdaSample.One("44939-7", effect));
        entries.Should().HaveCount(2);
        entries[1].Category.Should().Be(EntryCategory.Allergy);
        entries[1].Code!.Code.Should().Be("J01CA04");
    }

    [Theory]
    [InlineData("INT", "plan")]
    [InlineData("PRP", "proposal")]
    [InlineData("RQO", "order")]
    public async Task What_is_planned_is_never_shown_as_done(string mood, string intent)
    {
        var act = $"<procedure moodCode=\"{mood}\"><code code=\"DEQP003\" codeSystem=\"1.2.250.1.215.300.1\" displayName=\"ECG\"/></procedure>";
        var entry = (await Preview.EntriesOfAsync(CdaSample.One("18776-5", act)))[1];
        entry.Category.Should().Be(EntryCategory.Other);
        entry.Json().GetProperty("resourceType").GetString().Should().Be("ServiceRequest");
        entry.Json().GetProperty("intent").GetString().Should().Be(intent);
    }

    [Fact]
    public async Task The_document_carries_its_header()
    {
        var header = """
            <documentationOf><serviceEvent><effectiveTime><low value="20090310"/><high value="20090311"/></effectiveTime></serviceEvent></documentationOf>
            <relatedDocument typeCode="RPLC"><parentDocument><id root="2.999.1.0"/></parentDocument></relatedDocument>
            <componentOf><encompassingEncounter><location><healthCareFacility><code code="SA07" codeSystem="1.2.250.1.71.4.2.4"/></healthCareFacility></location></encompassingEncounter></componentOf>
            """;
        var document = (await Preview.EntriesOfAsync(CdaSample.Document(CdaSample.Body(), header: header))).Single();
        document.LocalId.Should().Be("2.999.1.1");
        document.Date.ToString().Should().Be("2009-03-12T10:15:00+01:00");
        document.FiledUnder.Should().Be(new PatientKey(PatientKeySystems.InsNirTest, CdaSample.Ins));
        document.Identifiers.Should().Equal(new BusinessIdentifier("urn:ietf:rfc:3986", "urn:oid:2.999.1.1"));
        document.Author.Should().Be(new EntryAuthor("810000023084", "Agnès DRAGNES", "G15_10/SM26", "1750712184", "Cabinet des Charmes"));
        var json = document.Json();
        json.GetProperty("relatesTo")[0].GetProperty("target").GetProperty("identifier").GetProperty("value").GetString().Should().Be("urn:oid:2.999.1.0");
        json.GetProperty("context").GetProperty("facilityType").GetProperty("coding")[0].GetProperty("code").GetString().Should().Be("SA07");
        json.GetProperty("content")[0].GetProperty("attachment").GetProperty("contentType").GetString().Should().Be("text/xml");
        json.GetProperty("content")[0].GetProperty("attachment").GetProperty("data").GetBytesFromBase64().Should().NotBeEmpty();
    }

    private static string Concern(string status, string value) => $"""
        <act moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.2"/><code nullFlavor="NA"/><statusCode code="{status}"/>
        <entryRelationship typeCode="SUBJ"><observation moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/>
        <code code="282291009" codeSystem="2.16.840.1.113883.6.96"/><effectiveTime><low value="200805"/></effectiveTime>{value}</observation></entryRelationship></act>
        """;
}
