using System.Text;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

public sealed class HprimReaderTests
{
    public static TheoryData<string> Encodings => ["iso-8859-1", "macroman", "utf-8", "utf-8 mark", "utf-16", "utf-16 mark", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_encoding_of_a_file_is_told_from_its_bytes(string name)
    {
        var text = AReport.Print(AReport.Numbered("B1"));

        var report = HprimReader.Read(Bytes(name, text)).Reports.Should().ContainSingle().Subject;

        report.FreeText.Should().Equal("HÉMOGLOBINE GLYQUÉE (HPLC) ........ 7.4 %");
        report.Results.Select(result => result.Label).Should().Equal("Hémoglobine A1c", "Glycémie à jeun");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Any_line_end_will_do(string end) =>
        HprimReader.Read(Encoding.Latin1.GetBytes(AReport.Print(AReport.Numbered("B1"), AReport.Numbered("B2")).Replace("\r\n", end)))
            .Reports.Select(report => report.Header.FileNumber).Should().Equal("B1", "B2");

    [Fact]
    public void The_header_is_twelve_lines_whether_or_not_a_thirteenth_is_empty()
    {
        var header = HprimReader.Read(AReport.File(AReport.Numbered("B2009-0042"))).Reports[0].Header;

        (header.PatientCode, header.Name, header.GivenName, header.Nir).Should().Be(("0000004711", "PAT-TROIS", "DOMINIQUE", AReport.Nir));
        (header.BirthDate, header.Date).Should().Be((new DateOnly(1979, 3, 28), new DateOnly(2009, 4, 30)));
        (header.Sender, header.SenderName, header.FileNumber).Should().Be(("LABCHARMES", "LABORATOIRE DES CHARMES", "B2009-0042"));
        HprimReader.Read(Encoding.UTF8.GetBytes(AReport.Print(AReport.Numbered("B1")).Replace("DR AGNES\r\n", "DR AGNES\r\n\r\n")))
            .Reports[0].FreeText.Should().ContainSingle();
    }

    [Fact]
    public void A_blank_patient_code_does_not_shift_the_header()
    {
        var read = HprimReader.Read(AReport.File(AReport.Numbered("B1"), AReport.Numbered("B2") with { PatientCode = "" }));

        read.Problems.Should().BeEmpty();
        read.Reports[1].Header.PatientCode.Should().BeEmpty();
        read.Reports[1].Header.Name.Should().Be("PAT-TROIS");
    }

    [Theory]
    [InlineData("28/03/1979", "1979-03-28", null)]
    [InlineData("28/03/79", "1979-03-28", null)]
    [InlineData("1979-03-28", "1979-03-28", null)]
    [InlineData("28/03/07", null, "2007-03-28")]
    [InlineData("", null, null)]
    public void A_year_of_two_digits_is_of_the_century_that_is_possible_or_left_open(string written, string? birth, string? either)
    {
        var header = HprimReader.Read(Encoding.UTF8.GetBytes(AReport.Print(AReport.Numbered("B1")).Replace("28/03/1979", written))).Reports[0].Header;

        header.BirthDate.Should().Be(birth is null ? null : DateOnly.Parse(birth));
        header.ShortBirthDate.Should().Be(either is null ? null : DateOnly.Parse(either));
    }

    [Fact]
    public void A_file_that_stops_gives_what_is_whole_and_keeps_the_rest()
    {
        var text = AReport.Print(AReport.Numbered("B1"), AReport.Numbered("B2"));
        var cut = text[..(text.LastIndexOf("|g/l|", StringComparison.Ordinal) + 3)];

        var read = HprimReader.Read(Encoding.Latin1.GetBytes(cut));

        read.Ended.Should().BeFalse();
        read.Reports.Select(report => report.Complete).Should().Equal(true, false);
        read.Reports[1].Results.Should().ContainSingle().Which.Code.Should().Be("HBA1C 001");
        var problem = read.Reports[1].Problems.Should().ContainSingle().Subject;
        problem.Code.Should().Be("HPRIM_REPORT_CUT");
        Encoding.Latin1.GetString(problem.Raw.Span).Should().StartWith("RES|Glycémie").And.EndWith("|g/");
    }

    [Fact]
    public void A_line_of_another_kind_and_a_header_without_number_are_kept_raw()
    {
        var odd = AReport.Print(AReport.Numbered("B1")).Replace("****LAB****\r\n", "****LAB****\r\nXYZ|1\r\nRES||||\r\n");
        HprimReader.Read(Encoding.UTF8.GetBytes(odd)).Reports[0].Problems.Select(problem => problem.Code)
            .Should().Equal("HPRIM_LAB_LINE", "HPRIM_RESULT_WITHOUT_CODE");

        var problem = HprimReader.Read(AReport.File(AReport.Numbered(""))).Problems.Should().ContainSingle().Subject;
        problem.Code.Should().Be("HPRIM_HEADER");
        problem.Reason.Should().Contain("Line 9").And.NotContain("PAT-TROIS");
        problem.Raw.IsEmpty.Should().BeFalse();
    }

    [Theory]
    [InlineData("7.4", "%", "7.4", null)]
    [InlineData("7,40", "%", "7.40", null)]
    [InlineData("<0,5", "mg/l", "0.5", "<")]
    [InlineData("≥ 90", "ml/min", "90", ">=")]
    [InlineData("224.000", "/mm3", "224000", null)]
    [InlineData("7.200", "/mm3", "7200", null)]
    [InlineData("1.025", "", "1.025", null)]
    [InlineData("0.125", "g/l", "0.125", null)]
    [InlineData("1 234,5", "U/l", "1234.5", null)]
    [InlineData("1.234,5", "U/l", "1234.5", null)]
    [InlineData("1,234.5", "U/l", "1234.5", null)]
    [InlineData("1.234.567", "/mm3", "1234567", null)]
    [InlineData("-3", "", "-3", null)]
    [InlineData("1 2", "", null, null)]
    [InlineData("12.", "", null, null)]
    [InlineData("POSITIF", "", null, null)]
    [InlineData("1.2.3", "", null, null)]
    public void Numbers_are_read_as_laboratories_print_them(string printed, string unit, string? number, string? comparator)
    {
        HprimNumber.Read(printed, unit, out var read).Should().Be(number is null ? null : decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
        read.Should().Be(comparator);
    }

    internal static byte[] Bytes(string encoding, string text) => encoding switch
    {
        "macroman" => HprimEncoding.Mac.GetBytes(text),
        "utf-8 mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16 mark" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        "utf-16BE" => Encoding.BigEndianUnicode.GetBytes(text),
        "utf-16" => Encoding.Unicode.GetBytes(text),
        "utf-8" => Encoding.UTF8.GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    };
}
