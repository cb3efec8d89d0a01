using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>What befalls the laboratories' drop folder.</summary>
internal static class LabosTroubles
{
    public const string Source = LabosRhoneAlpesSystem.Name;

    public static readonly LaboratorySoftware Software = LaboratorySoftware.All[0];

    public static IReadOnlyList<FileTrouble> All { get; } =
    [
        new(Source, "is away", SourceStatus.Failed, SourceFaultCodes.Unreachable, static world => new SetAside(world.Systems.LabosFolder)),
        new(Source, "holds a file of garbage", SourceStatus.Partial, "UNASSIGNED_REPORTS", static world =>
            Dropped(world, static path => File.WriteAllBytes(path, Garbage.Bytes(256 << 10)))),
        new(Source, "holds a file of 200 MB", SourceStatus.Partial, "UNASSIGNED_REPORTS", static world => Dropped(world, static path =>
        {
            using var file = File.Create(path);
            file.SetLength(200 << 20);
        })),
    ];

    /// <summary>A report of somebody with one result.</summary>
    public static LaboratoryReport Report(RecordedIdentity person, string number, DateOnly day, string hba1c = "7.4") => new()
    {
        PatientCode = "DRILL" + person.InsNir[^4..],
        Name = person.BirthName.ToUpperInvariant(),
        GivenName = person.GivenNames[0],
        Address = [person.AddressLine],
        PostalCodeAndCity = $"{person.PostalCode} {person.City}",
        BirthDate = person.BirthDate,
        Nir = person.InsNir,
        FileNumber = number,
        Date = day,
        FreeText = ["HEMOGLOBINE GLYQUEE"],
        Results =
        [
            new ReportedResult("Hémoglobine A1c", "HBA1C 001", new ReportedValue(hba1c, "%", "4.0", "6.0"), Flag: "H"),
            new ReportedResult("Glycémie à jeun", "GLYC 001", new ReportedValue("1.42", "g/l", "0.74", "1.06"), Flag: "H"),
        ],
    };

    /// <summary>Ids of a report and its results as drills compare them.</summary>
    public static IEnumerable<string> Ids(string number) =>
        ((string[])["", "/HBA1C 001", "/GLYC 001"]).Select(result => $"{Source}:{Software.Laboratory.Sender}/{number}{result}");

    public static byte[] Print(params IEnumerable<LaboratoryReport> reports) => Software.Encoding.GetBytes(
        new StringBuilder().AppendJoin("", reports.Select(static report => HprimPrinter.Print(report, Software)))
            .Append(HprimPrinter.EndOfFile).Append(Software.LineEnd).ToString());

    private static Mended Dropped(DrillWorld world, Action<string> make)
    {
        var made = Path.Combine(world.Folder, "labos-made");
        make(made);
        File.SetLastWriteTimeUtc(made, File.GetLastWriteTimeUtc(made).AddHours(-1));
        var path = Path.Combine(world.Systems.LabosFolder, "drill.hpr");
        File.Move(made, path);
        return new Mended(() => File.Delete(path));
    }
}
