using System.Text;
using System.Xml;
using System.Xml.Linq;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.SyntheticFrance.Model;
using static DmpFederation.LegacySystems.FrancheComte.CdaXml;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>A deposit as a CDA R2 file: the minimal header of the CI-SIS, and a PDF (level 1) or a structured body (level 3).</summary>
internal static class CdaFile
{
    internal static byte[] Write(DocumentDeposit deposit)
    {
        var root = E(
            "ClinicalDocument",
            new XAttribute("xmlns", Ns.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "xsi", Xsi.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "pharm", Pharm.NamespaceName),
            CdaHeader.Of(deposit),
            E("component", deposit.Fact.Form == DocumentForm.Structured ? CdaBody.Of(deposit) : Printed(deposit)));
        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
            root.Save(writer);
        return file.ToArray();
    }

    private static XElement Printed(DocumentDeposit deposit)
    {
        var patient = deposit.Identity;
        var author = deposit.Fact.Author;
        var pdf = PrintedPage.Of(
            deposit.Kind.Title,
            [
                $"{author.OrganizationName}, le {deposit.Fact.Date:dd/MM/yyyy}",
                $"Patient : {patient.BirthName} {string.Join(' ', patient.GivenNames)}, né(e) le {patient.BirthDate:dd/MM/yyyy}",
                "",
                deposit.Fact.Text ?? "",
                "",
                $"Docteur {author.GivenName} {author.FamilyName}",
            ]);
        return E("nonXMLBody", E("text", A("mediaType", "application/pdf"), A("representation", "B64"), Convert.ToBase64String(pdf)));
    }
}
