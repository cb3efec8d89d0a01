using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// A document of the model CNAM-HR (CI-SIS, 1.2.250.1.213.1.1.1.36): author the assurance maladie's system, eight sections of which those without
/// lines stand empty.
/// </summary>
internal static class HistoryDocument
{
    private const string DocumentRoot = "2.999.75.2";

    internal static byte[] Write(Insured patient, HistoryPeriod period, IReadOnlyList<ReimbursedLineRow> lines, DateTimeOffset now)
    {
        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " " }))
            Of(patient, period, lines, now).Save(writer);
        return file.ToArray();
    }

    internal static XElement Of(Insured patient, HistoryPeriod period, IReadOnlyList<ReimbursedLineRow> lines, DateTimeOffset now) => E(
        "ClinicalDocument",
        new XAttribute("xmlns", Ns.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "xsi", Xsi.NamespaceName),
        E("realmCode", A("code", "FR")),
        E("typeId", A("root", "2.16.840.1.113883.1.3"), A("extension", "POCD_HD000040")),
        Template("2.16.840.1.113883.2.8.2.1"),
        Template("1.2.250.1.213.1.1.1.1"),
        E("templateId", A("root", "1.2.250.1.213.1.1.1.36"), A("extension", "2021.01")),
        Id(DocumentRoot, NameOf(patient, period)),
        Code("code", "REMB", "1.2.250.1.213.1.1.4.12", "Données de remboursement"),
        E("title", "Données de remboursement"),
        E("effectiveTime", A("value", Moment(now))),
        Code("confidentialityCode", "N", "2.16.840.1.113883.5.25", "Normal"),
        E("languageCode", A("code", "fr-FR")),
        XElement.Parse(patient.Identity),
        Author(now),
        E("custodian", E("assignedCustodian", Payer("representedCustodianOrganization"))),
        E(
            "documentationOf",
            E(
                "serviceEvent",
                E("effectiveTime", E("low", A("value", Day(period.From))), E("high", A("value", Day(period.To)))))),
        E(
            "componentOf",
            E(
                "encompassingEncounter", E("effectiveTime", A("nullFlavor", "NA")),
                E("location", E("healthCareFacility", Code("code", "SA24", "1.2.250.1.71.4.2.4", "Organisme de sécurité sociale"))))),
        E("component", HistoryBody.Of(lines)));

    /// <summary>Id of the document of a period, to ask for it by.</summary>
    internal static string NameOf(Insured patient, HistoryPeriod period) =>
        $"{SyntheticFrance.Care.ReimbursementFile.Numbered(patient.Number)}-{period.Name}";

    private static XElement Author(DateTimeOffset now) => E(
        "author",
        E("time", A("value", Moment(now))),
        E(
            "assignedAuthor",
            Id("1.2.250.1.71.4.2.1", "518003502400041/1.2.250.1.215.1.2"),
            Code("code", "ALIM_AM", "1.2.250.1.213.1.1.4.6", "Alimentation auto à partir du SI de l'Ass Maladie"),
            E("assignedAuthoringDevice", E("manufacturerModelName", "."), E("softwareName", "Assurance Maladie")),
            Payer("representedOrganization")));

    private static XElement Payer(string name) => E(name, Id("1.2.250.1.71.4.2.2", "318003502400041"), E("name", "Assurance Maladie"));

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
