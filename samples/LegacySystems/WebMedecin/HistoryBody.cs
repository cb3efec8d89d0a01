using System.Xml.Linq;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>The eight sections of the model CNAM-HR, in its order, empty ones included.</summary>
internal static class HistoryBody
{
    private const string Acts = "29554-3";

    internal static XElement Of(IReadOnlyList<ReimbursedLineRow> lines) => E(
        "structuredBody",
        new[]
        {
            E(
                "section", Template("1.2.250.1.213.1.1.2.73"), Code("code", "55112-7", Loinc, "Commentaire sur le document"),
                E("title", "Usage et Responsabilités"),
                E("text", "Les données affichées sont issues des procédures de remboursement ; leur exhaustivité ne peut être garantie.")),
            Section("10160-0", "Médicaments", null, "1.2.250.1.213.1.1.2.143", "MED", lines.Where(line => line.Nature == LineNature.Medicine)),
            Section("11369-6", "Vaccinations", null, "1.2.250.1.213.1.1.2.147", "VAC", lines.Where(line => line.Nature == LineNature.Vaccine)),
            Section("46264-8", "Dispositifs médicaux", null, "1.2.250.1.213.1.1.2.9", "DM", lines.Where(line => line.Nature == LineNature.Device)),
            Section("46240-8", "Hospitalisations", null, "1.2.250.1.213.1.1.2.34", "SEJ", lines.Where(line => line.Nature == LineNature.Stay)),
            Section(Acts, "Soins médicaux et dentaires", "67803-7", null, "ACT", lines.Where(IsCare)),
            Section(Acts, "Radiologie", "18726-0", null, "RAD", lines.Where(IsRadiology)),
            Section(Acts, "Biologie", "26436-6", null, "BIO", lines.Where(IsBiology)),
        }.Select(section => E("component", section)));

    private static bool IsCare(ReimbursedLineRow line) => line.Nature == LineNature.Act && !IsRadiology(line) && !IsBiology(line);

    private static bool IsBiology(ReimbursedLineRow line) => line is { Nature: LineNature.Act, System: CnamOids.Nabm };

    // The fourth letter of a CCAM code is the means: X-rays, tomography, ultrasound, resonance, isotopes; the third says that it examines.
    private static bool IsRadiology(ReimbursedLineRow line) =>
        line is { Nature: LineNature.Act, System: CnamOids.Ccam } && line.Code is [_, _, 'Q', 'H' or 'J' or 'K' or 'L' or 'M' or 'N', ..];

    private static XElement Section(
        string code, string title, string? kind, string? template, string prefix, IEnumerable<ReimbursedLineRow> lines)
    {
        var rows = new List<XElement>();
        var entries = new List<XElement>();
        foreach (var line in lines)
        {
            var target = $"{prefix}{rows.Count + 1:000}";
            var day = line.Day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
            rows.Add(E("tr", E("td", day), E("td", E("content", A("ID", target), line.Label))));
            entries.Add(E("entry", HistoryEntries.Of(line, target)));
        }
        return E(
            "section", template is null ? null : Template(template), E("id", A("nullFlavor", "UNK")),
            Code("code", code, Loinc, title, kind is null ? null : Code("translation", kind, Loinc, title)),
            E("title", title),
            rows.Count == 0 ? E("text", "Aucune information sur la période.") : E("text", E("table", E("tbody", rows))),
            entries);
    }
}
