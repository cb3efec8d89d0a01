using System.Text;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

/// <summary>Reports of the invented patient of the domain example.</summary>
internal static class AReport
{
    public const string Nir = "279035121518989";

    public static readonly PatientKey Key = new(PatientKeySystems.InsNirTest, Nir);

    public static readonly LaboratorySoftware Charmes = LaboratorySoftware.All[0];

    public static PatientTraits Traits => new()
    {
        BirthName = "PAT-TROIS",
        GivenNames = ["DOMINIQUE", "MARIE-LOUISE"],
        BirthDate = FhirDate.Parse("1979-03-28"),
        Sex = TraitSex.Female,
        Keys = [Key],
        Status = IdentityStatus.Retrieved,
    };

    public static LaboratoryReport Numbered(string number, string hba1c = "7.4", string status = "F") => new()
    {
        PatientCode = "0000004711",
        Name = "PAT-TROIS",
        GivenName = "DOMINIQUE",
        Address = ["28 AVENUE DE BRETEUIL"],
        PostalCodeAndCity = "75007 PARIS",
        BirthDate = new DateOnly(1979, 3, 28),
        Nir = Nir,
        FileNumber = number,
        Date = new DateOnly(2009, 4, 30),
        Recipient = "DRAGNES    DR AGNES",
        FreeText = [$"HÉMOGLOBINE GLYQUÉE (HPLC) ........ {hba1c} %"],
        Results =
        [
            new ReportedResult("Hémoglobine A1c", "HBA1C 001", new ReportedValue(hba1c, "%", "4.0", "6.0"), Flag: "H", Status: status),
            new ReportedResult(
                "Glycémie à jeun", "GLYC 001", new ReportedValue("1.42", "g/l", "0.74", "1.06"),
                new ReportedValue("7.88", "mmol/l", "4.11", "5.88"), "H", status),
        ],
    };

    public static string Print(params IEnumerable<LaboratoryReport> reports) =>
        string.Concat(reports.Select(report => HprimPrinter.Print(report, Charmes))) + HprimPrinter.EndOfFile + Charmes.LineEnd;

    public static byte[] File(params IEnumerable<LaboratoryReport> reports) => Encoding.Latin1.GetBytes(Print(reports));
}
