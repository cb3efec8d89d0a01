using System.Globalization;
using System.Text;

namespace DmpFederation.LegacySystems.LabosRhoneAlpes;

/// <summary>Prints reports in HPRIM Médecins (H.PR.I.M., March 1997).</summary>
internal static class HprimPrinter
{
    public const string EndOfFile = "****FINFICHIER****";

    /// <summary>A report with its end mark, in the laboratory's line ends.</summary>
    public static string Print(LaboratoryReport report, LaboratorySoftware software)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append(software.LineEnd);

        Line(report.PatientCode);
        Line(report.Name);
        Line(report.GivenName);
        Line(report.Address.ElementAtOrDefault(0) ?? "");
        Line(report.Address.ElementAtOrDefault(1) ?? ".");
        Line(report.PostalCodeAndCity);
        Line(report.BirthDate?.ToString(software.BirthDates, CultureInfo.InvariantCulture) ?? "");
        Line(report.Nir is { Length: 15 } nir ? $"{nir[..13]} {nir[13..]}" : "");
        Line(report.FileNumber);
        Line(report.Date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        Line($"{software.Laboratory.Sender} {software.Laboratory.Name}");
        Line(report.Recipient);
        if (software.ThirteenthLine)
            Line("");
        foreach (var line in report.FreeText)
            Line(line);
        if (report.Results.Count + report.Comments.Count > 0)
        {
            Line("****LAB****");
            foreach (var comment in report.Comments)
                Line("TEX|" + comment);
            foreach (var result in report.Results)
                Line(Print(result));
        }
        Line("****FIN****");
        return text.ToString();
    }

    private static string Print(ReportedResult result)
    {
        if (result.First is not { } first)
            return $"RES|{result.Label}|{result.Code}|A";
        var line = $"RES|{result.Label}|{result.Code}|{(first.Numeric ? 'N' : 'A')}|{first.Value}|{first.Unit}|{first.Low}|{first.High}|{result.Flag}|{result.Status}|";
        return result.Second is { } second ? $"{line}{second.Value}|{second.Unit}|{second.Low}|{second.High}|" : line;
    }
}
