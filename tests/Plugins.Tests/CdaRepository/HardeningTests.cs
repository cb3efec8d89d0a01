using System.Text;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class HardeningTests
{
    private static readonly string Valid = CdaSample.One("18719-5", CdaSample.Result("<value xsi:type=\"PQ\" value=\"12.5\" unit=\"g/dL\"/>"));

    private const string Bomb = """
        <!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <ClinicalDocument xmlns="urn:hl7-org:v3"><title>&c;</title></ClinicalDocument>
        """;

    private const string External = """
        <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><ClinicalDocument xmlns="urn:hl7-org:v3"><title>&e;</title></ClinicalDocument>
        """;

    [Theory]
    [InlineData(Bomb)]
    [InlineData(External)]
    [InlineData("<!DOCTYPE ClinicalDocument SYSTEM \"http://127.0.0.1:9/x.dtd\"><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>")]
    public async Task A_document_type_declaration_is_refused_and_the_bytes_are_kept(string xml)
    {
        var refused = (await Preview.OfAsync(xml)).Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Subject;
        refused.Code.Should().Be("CDA_DTD");
        Encoding.UTF8.GetString(refused.Raw.Span).Should().Be(xml);
    }

    [Fact]
    public async Task A_document_type_declaration_in_UTF_16_is_recognised() =>
        (await CodeOfAsync([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Bomb)])).Should().Be("CDA_DTD");

    [Fact]
    public async Task An_undeclared_entity_is_not_XML() =>
        (await CodeOfAsync(Encoding.UTF8.GetBytes(Valid.Replace("Document d'essai", "&eacute;", StringComparison.Ordinal)))).Should().Be("CDA_NOT_XML");

    [Theory]
    [InlineData(HardenedXml.MaxDepth - 1, null)]
    [InlineData(HardenedXml.MaxDepth, "CDA_TOO_DEEP")]
    [InlineData(200_000, "CDA_TOO_DEEP")]
    public async Task Depth_is_bounded(int depth, string? code)
    {
        var deep = new StringBuilder("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">")
            .Append(string.Concat(Enumerable.Repeat("<a>", depth))).Append(string.Concat(Enumerable.Repeat("</a>", depth)))
            .Append("</ClinicalDocument>").ToString();
        (await CodeOfAsync(Encoding.UTF8.GetBytes(deep))).Should().Be(code);
    }

    [Fact]
    public async Task Size_is_bounded() => (await CodeOfAsync(new byte[CdaReader.MaxBytes + 1])).Should().Be("CDA_TOO_LARGE");

    [Fact]
    public async Task A_truncated_file_says_where_it_stops()
    {
        var items = await Preview.OfAsync(Valid[..(Valid.Length / 2)]);
        items.Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Which.Should().BeEquivalentTo(new { Code = "CDA_NOT_XML" });
        ((Unreadable)items[0]).Position.Should().StartWith("line ");
    }

    [Theory]
    [InlineData("", "CDA_EMPTY")]
    [InlineData("%PDF-1.4 not xml", "CDA_NOT_XML")]
    [InlineData("<html/>", "CDA_NOT_CDA")]
    [InlineData("<ClinicalDocument/>", "CDA_NOT_CDA")]
    [InlineData("<?xml version=\"1.0\" encoding=\"klingon\"?><a/>", "CDA_ENCODING")]
    public async Task What_is_not_a_CDA_says_why(string text, string code) => (await CodeOfAsync(Encoding.UTF8.GetBytes(text))).Should().Be(code);

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8 with BOM", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Valid)] },
        { "UTF-16 LE", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Valid)] },
        { "UTF-16 BE", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Valid)] },
        { "ISO-8859-1", Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + Valid) },
        { "Windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + Valid) },
        { "UTF-8 that says UTF-16", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + Valid) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Every_encoding_that_real_writers_use_reads(string encoding, byte[] file)
    {
        var entries = (await Preview.OfAsync(file)).Cast<DossierEntry>().ToList();
        entries.Should().HaveCount(2, encoding);
        entries[0].Author!.Name.Should().Be("Agnès DRAGNES", encoding);
        entries[1].Title.Should().Be("Hémoglobine", encoding);
    }

    [Fact]
    public async Task A_document_inside_its_style_sheet_reads()
    {
        var wrapped = $"""
            <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
              <xsl:template match="/"><html><body><xsl:apply-templates/></body></html></xsl:template>
              {Valid}
            </xsl:stylesheet>
            """;
        (await Preview.EntriesOfAsync(wrapped)).Should().Contain(entry => entry.Category == EntryCategory.LabResult);
    }

    [Fact]
    public async Task A_document_without_ids_is_kept_under_an_identity_of_its_own()
    {
        var entries = await Preview.EntriesOfAsync("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Sans identité</title></ClinicalDocument>");
        var document = entries.Should().ContainSingle().Subject;
        document.LocalId.Should().StartWith("sha1:");
        document.FiledUnder.Should().Be(new PatientKey("urn:dmpfederation:unidentified", "-"));
        document.Subject.Should().BeNull();
    }

    private static async Task<string?> CodeOfAsync(byte[] file) => (await Preview.OfAsync(file)).OfType<Unreadable>().SingleOrDefault()?.Code;
}
