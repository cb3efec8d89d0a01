using System.Text;
using DmpFederation.Plugins.CdaRepository.Tests;
using DmpFederation.Plugins.HistoriqueRemboursements;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

/// <summary>Small invented documents of the model CNAM-HR. The patient is of the official test range.</summary>
internal static class Histories
{
    internal static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, CdaSample.Ins);

    internal const string Empty =
        """<section><code code="10160-0" codeSystem="2.16.840.1.113883.6.1"/><title>Médicaments</title><text>Aucune information.</text></section>""";

    internal static string Document(params string[] sections) =>
        CdaSample.Document(CdaSample.Body(sections), typeCode: "REMB").Replace("""code="REMB" codeSystem="2.16.840.1.113883.6.1" """, """code="REMB" codeSystem="1.2.250.1.213.1.1.4.12" """, StringComparison.Ordinal);

    internal static string Dated(this string document, string moment) =>
        document.Replace("<effectiveTime value=\"20090312101500+0100\"/>", $"<effectiveTime value=\"{moment}\"/>", StringComparison.Ordinal);

    internal static string Acts(params string[] entries) => CdaSample.Section("29554-3", string.Concat(entries.Select(CdaSample.Entry)));

    internal static string Medicines(params string[] entries) => CdaSample.Section("10160-0", string.Concat(entries.Select(CdaSample.Entry)));

    internal static string Vaccines(params string[] entries) => CdaSample.Section("11369-6", string.Concat(entries.Select(CdaSample.Entry)));

    internal static string Act(string day = "20260212", string code = "G", string oid = "1.2.250.1.215.200.3.3", string id = "<id nullFlavor=\"UNK\"/>") => $"""
        <procedure classCode="PROC" moodCode="EVN">{id}<code code="{code}" codeSystem="{oid}" displayName="CONSULTATION"/><statusCode code="completed"/>
        <effectiveTime value="{day}"/></procedure>
        """;

    internal static string Box(string id = "<id nullFlavor=\"UNK\"/>", string quantity = "2", string attributes = "", string inside = "", string code = "3400939901015") => $"""
        <substanceAdministration classCode="SBADM" moodCode="EVN" {attributes}>{id}<statusCode code="completed"/>
        <effectiveTime xsi:type="IVL_TS"><low nullFlavor="UNK"/><high nullFlavor="UNK"/></effectiveTime>
        <consumable><manufacturedProduct><manufacturedMaterial><code>
          <translation code="{code}" codeSystem="1.2.250.1.215.200.1.1.1" displayName="METFORMINE"/><translation code="A10" codeSystem="1.2.250.1.215.200.1.2.1"/></code>
          <name>METFORMINE</name></manufacturedMaterial></manufacturedProduct></consumable>
        <entryRelationship typeCode="REFR"><supply classCode="SPLY" moodCode="EVN"><quantity value="{quantity}"/>
          <performer typeCode="PRF"><time value="20260212"/><assignedEntity><id nullFlavor="UNK"/><representedOrganization><name>PHARMACIE DES SALINES</name>
          </representedOrganization></assignedEntity></performer></supply></entryRelationship>{inside}</substanceAdministration>
        """;

    internal static async Task<List<ReadItem>> PreviewAsync(string document)
    {
        var items = new List<ReadItem>();
        var content = new MemoryStream(Encoding.UTF8.GetBytes(document));
        await foreach (var item in new HistoriqueRemboursementsPlugin().PreviewAsync("historique.xml", content, CancellationToken.None))
            items.Add(item);
        return items;
    }

    internal static async Task<List<DossierEntry>> EntriesAsync(string document) => [.. (await PreviewAsync(document)).Cast<DossierEntry>()];

    internal static string Told(DossierEntry entry) => $"{entry.Category} {entry.Date} {entry.Code?.System}|{entry.Code?.Code}";
}
