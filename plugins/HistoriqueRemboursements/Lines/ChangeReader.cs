using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.HistoriqueRemboursements.Service;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Lines;

/// <summary>
/// A change of the journal: a line added or corrected comes as an extract that holds it alone, one withdrawn by its CDA id or by what its derived
/// id is made of.
/// </summary>
internal static class ChangeReader
{
    internal static SourceChange Read(long number, XElement change)
    {
        var cursor = number.ToString(CultureInfo.InvariantCulture);
        if (HistoryService.PatientOf(change) is not { } patient || change.Attr("dossier") is not { } file)
            return Unreadable(cursor, change, null, "HR_CHANGE_PATIENT", "The change does not say whose it is (oid, matricule, dossier).");
        return change.Attr("action") switch
        {
            "A" or "C" => Changed(cursor, change, patient, file),
            "S" => Withdrawn(change, file) is { } localId
                ? new EntryWithdrawn(cursor, patient, localId)
                : Unreadable(
                    cursor, change, patient, "HR_CHANGE_LINE",
                    "The withdrawn line is named neither by identifiant nor by nature, jour, systeme, code and rang."),
            _ => Unreadable(cursor, change, patient, "HR_CHANGE_ACTION", "The action of the change is none of A, C and S."),
        };
    }

    /// <summary>A kept change read again: the line it tells of, or why it still cannot be read; null when it withdraws one.</summary>
    internal static ReadItem? Read(Unreadable item, XElement change) => Read(Number(change), change) switch
    {
        EntryChanged changed => changed.Entry,
        ItemUnreadable still => item.Still(still.Item.Code, still.Item.Reason),
        _ => null,
    };

    private static long Number(XElement change) =>
        long.TryParse(change.Attr("numero"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static SourceChange Changed(string cursor, XElement change, PatientKey patient, string file)
    {
        if (change.Element(CdaReader.DocumentName) is not { } extract)
            return Unreadable(cursor, change, patient, "HR_CHANGE_EXTRACT", "The change holds no extract (ClinicalDocument).");
        return HistoryReader.Only(new CdaDocument(extract), patient, file, Rank(change) ?? 1) is { } entry
            ? new EntryChanged(cursor, entry)
            : Unreadable(cursor, change, patient, "HR_CHANGE_EXTRACT", "The extract of the change holds not exactly one line.");
    }

    private static string? Withdrawn(XElement change, string file)
    {
        if (change.Attr("identifiant") is { } own)
            return own;
        return Kind(change.Attr("nature")) is { } kind && change.Attr("jour") is { } day && change.Attr("systeme") is { } oid
            && change.Attr("code") is { } code && Rank(change) is { } rank
                ? LineIds.Of(file, kind, day, oid, code, rank)
                : null;
    }

    private static string? Kind(string? nature) => nature switch
    {
        "medicament" => "medication",
        "vaccin" => "vaccine",
        "dispositif" => "device",
        "sejour" => "stay",
        "acte" => "act",
        _ => null,
    };

    private static int? Rank(XElement change) =>
        int.TryParse(change.Attr("rang"), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank > 0 ? rank : null;

    private static ItemUnreadable Unreadable(string cursor, XElement change, PatientKey? patient, string code, string reason) =>
        new(cursor, new Unreadable
        {
            Code = code,
            Reason = reason,
            Position = $"modification {cursor}",
            Raw = Encoding.UTF8.GetBytes(change.ToString(SaveOptions.DisableFormatting)),
            Patient = patient,
        });
}
