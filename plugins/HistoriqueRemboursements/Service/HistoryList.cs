using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Service;

/// <summary>What the service holds of one patient.</summary>
/// <param name="File">The service's own number of the patient's file: opaque, no identity trait. It tells apart like lines of two patients.</param>
/// <param name="Documents">Ids of the documents, one per period of care, to ask for them by.</param>
internal sealed record HistoryList(string File, IReadOnlyList<string> Documents)
{
    /// <exception cref="SourceFaultException">The file, or a document, has no number.</exception>
    internal static HistoryList Of(XElement root) => new(
        Required(root, "dossier"), [.. root.Elements(HistoryService.Ns + "periode").Select(period => Required(period, "document"))]);

    private static string Required(XElement element, string name) =>
        element.Attr(name) ?? throw new SourceFaultException(SourceFaultCodes.BadAnswer);
}
