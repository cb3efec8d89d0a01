using System.Text;
using CsCheck;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Plugins.HprimBiologie;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

public sealed class HprimPropertyTests
{
    private static readonly string[] Fragments =
    [
        "****LAB****", "****FIN****", "****FINFICHIER****", "RES|", "TEX|", "|", "\r", "\n", "\r\n", "28/03/1979", "30/04/2009", "LABCHARMES", "\0", "é",
        "\uD800", "7,4", "<", "RES|Sodium|NA|N|140|mmol/l|136|145|N|F|",
    ];

    private static readonly Gen<string> Word = Pick("a", "É", "Hémoglobine", "A1c", "à", "12", "œdème", "-", "ç", "Zoé")
        .Array[0, 4].Select(words => string.Join(' ', words));

    private static readonly Gen<ReportedValue> Value = Gen.Select(
        Gen.Int[0, 99_999], Gen.Int[0, 3], Pick("g/l", "mmol/l", "%", ""),
        (digits, decimals, unit) => new ReportedValue(
            (digits / (decimal)Math.Pow(10, decimals)).ToString($"F{decimals}", System.Globalization.CultureInfo.InvariantCulture), unit));

    private static readonly Gen<ReportedResult> Result = Gen.Select(
        Word, Gen.Int[1, 99], Value, Value, Gen.Bool, Pick("N", "L", "H", "LL", "HH", ""), Pick("F", "P"),
        (label, code, first, second, pair, flag, status) => new ReportedResult(label, $"C {code}", first, pair ? second : null, flag, status));

    private static readonly Gen<LaboratoryReport> Report = Gen.Select(
        Word, Word, Gen.Int[1, 9_999], Word.Array[0, 4], Result.Array[0, 5], Gen.Date, Gen.Bool,
        (name, given, number, text, results, birth, nir) => new LaboratoryReport
        {
            PatientCode = $"P{number}",
            Name = "N" + name,
            GivenName = given,
            Address = [given],
            PostalCodeAndCity = "69003 LYON",
            BirthDate = DateOnly.FromDateTime(birth.Year < 1900 ? birth.AddYears(1900) : birth),
            Nir = nir ? AReport.Nir : null,
            FileNumber = $"F{number}",
            Date = new DateOnly(2009, 4, 30),
            FreeText = text,
            Results = results,
        });

    [Fact]
    public void Any_bytes_are_read_to_their_end() =>
        Gen.OneOf(Gen.Byte.Array[0, 400], Pick(Fragments).Array[0, 60].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))))
            .Sample(
                bytes =>
                {
                    var items = new HprimBiologiePlugin().PreviewAsync("any", new MemoryStream(bytes), CancellationToken.None).ToBlockingEnumerable().ToList();
                    return items.All(item => item is DossierEntry or Unreadable);
                },
                iter: 3_000);

    [Fact]
    public void A_cut_anywhere_loses_nothing_that_was_whole_before_it()
    {
        var file = AReport.File(AReport.Numbered("B1"), AReport.Numbered("B2"));
        Gen.Int[0, file.Length].Sample(
            at =>
            {
                var read = HprimReader.Read(file.AsMemory(0, at));
                var ends = Encoding.Latin1.GetString(file.AsSpan(0, at)).Split("****FIN****").Length - 1;
                return read.Reports.Count(report => report.Complete) >= ends;
            },
            iter: 1_000);
    }

    [Fact]
    public void What_was_printed_is_read_back() =>
        Gen.Select(Report.Array[1, 3], Gen.Int[0, LaboratorySoftware.All.Count - 1]).Sample(
            (reports, which) =>
            {
                var software = LaboratorySoftware.All[which] with { BirthDates = "dd/MM/yyyy" };
                var text = string.Concat(reports.Select(report => HprimPrinter.Print(report, software))) + HprimPrinter.EndOfFile + software.LineEnd;
                // œ is not in ISO-8859-1, and is in the Windows page that stands for it.
                var encoding = software.Encoding.CodePage == 28591 ? HprimEncoding.Windows : software.Encoding;

                var read = HprimReader.Read((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

                read.Problems.Should().BeEmpty();
                read.Reports.Select(Said).Should().Equal(reports.Select(Said));
            },
            iter: 500);

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static string Said(LaboratoryReport report) => string.Join(
        '\n',
        [
            report.PatientCode, report.Name.Trim(), report.GivenName.Trim(), $"{report.BirthDate:O}", report.Nir ?? "", report.FileNumber, $"{report.Date:O}",
            .. Text(report.FreeText),
            .. report.Results.Select(result => string.Join(
                '|', result.Label.Trim(), result.Code, result.First!.Value, result.First.Unit, result.Second?.Value, result.Second?.Unit, result.Flag, result.Status)),
        ]);

    private static string Said(HprimReport report) => string.Join(
        '\n',
        [
            report.Header.PatientCode, report.Header.Name, report.Header.GivenName, $"{report.Header.BirthDate:O}", report.Header.Nir, report.Header.FileNumber,
            $"{report.Header.Date:O}", .. Text(report.FreeText),
            .. report.Results.Select(result => string.Join(
                '|', result.Label, result.Code, result.First.Value, result.First.Unit, result.Second?.Value, result.Second?.Unit, result.Flag, result.Status)),
        ]);

    // Blank lines at the ends of a text say nothing.
    private static IEnumerable<string> Text(IEnumerable<string> lines) => lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0);
}
