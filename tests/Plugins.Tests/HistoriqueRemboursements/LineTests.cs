using DmpFederation.Plugins.CdaRepository.Tests;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class LineTests
{
    [Fact]
    public async Task A_document_without_information_makes_no_entry_and_no_error() =>
        (await Histories.PreviewAsync(Histories.Document(Histories.Empty, Histories.Acts(), Histories.Vaccines()))).Should().BeEmpty();

    [Fact]
    public async Task A_line_with_an_id_goes_by_it_and_one_without_by_what_it_is()
    {
        var entries = await Histories.EntriesAsync(Histories.Document(
            Histories.Medicines(Histories.Box("""<id root="2.999.75.1" extension="W1.7"/>"""), Histories.Box()),
            Histories.Acts(Histories.Act(id: """<id root="2.999.75.9"/>"""), Histories.Act(), Histories.Act(), Histories.Act("20260213"))));
        entries.Select(entry => entry.LocalId).Should().Equal(
            "2.999.75.1^W1.7", "medication/20260212/1.2.250.1.213.2.3.2|3400939901015/1", "2.999.75.9",
            "act/20260212/1.2.250.1.215.200.3.3|G/1", "act/20260212/1.2.250.1.215.200.3.3|G/2", "act/20260213/1.2.250.1.215.200.3.3|G/1");
        entries[0].Identifiers.Should().Equal(new BusinessIdentifier("urn:oid:2.999.75.1", "W1.7"));
        entries[1].Identifiers.Should().BeEmpty();
    }

    [Fact]
    public async Task An_id_on_two_lines_names_neither()
    {
        var twice = Histories.Act(id: """<id root="2.999.75.9"/>""");
        var entries = await Histories.EntriesAsync(Histories.Document(Histories.Acts(twice, twice)));
        entries.Select(entry => entry.LocalId).Should().Equal("act/20260212/1.2.250.1.215.200.3.3|G/1", "act/20260212/1.2.250.1.215.200.3.3|G/2");
        entries.Should().OnlyContain(entry => entry.Identifiers.Count == 0);
    }

    [Fact]
    public async Task A_vaccine_that_was_not_given_is_not_done()
    {
        var vaccine = (await Histories.EntriesAsync(Histories.Document(Histories.Vaccines(Histories.Box(attributes: "negationInd=\"true\""))))).Should().ContainSingle().Subject;
        (vaccine.Category, vaccine.Status).Should().Be((EntryCategory.Immunization, "not-done"));
    }

    [Fact]
    public async Task Units_out_of_an_opened_package_are_no_boxes()
    {
        const string opened = """
            <entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN"><code code="MED-559" codeSystem="1.2.250.1.213.1.1.4.322"/>
            <value xsi:type="BL" value="true"/></observation></entryRelationship>
            """;
        var entry = (await Histories.EntriesAsync(Histories.Document(Histories.Medicines(Histories.Box(quantity: "14", inside: opened))))).Single();
        entry.Value.Should().Be(new EntryValue { Number = 14 });
        entry.Json().GetProperty("quantity").TryGetProperty("unit", out _).Should().BeFalse();
    }

    [Fact]
    public async Task A_document_of_another_model_is_kept_with_a_reason()
    {
        var item = (await Histories.PreviewAsync(CdaSample.One("18719-5", CdaSample.Result("")))).Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Subject;
        item.Code.Should().Be("HR_NOT_A_HISTORY");
        item.Raw.Length.Should().BePositive();
    }

    [Theory]
    [InlineData("<!DOCTYPE a><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "CDA_DTD")]
    [InlineData("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component>", "CDA_NOT_XML")]
    [InlineData("<html/>", "CDA_NOT_CDA")]
    [InlineData("", "CDA_EMPTY")]
    public async Task What_is_no_document_is_kept_with_a_reason(string file, string code) =>
        (await Histories.PreviewAsync(file)).Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Which.Code.Should().Be(code);
}
