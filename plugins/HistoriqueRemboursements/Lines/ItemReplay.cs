using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.HistoriqueRemboursements.Service;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HistoriqueRemboursements.Lines;

/// <summary>
/// An item read again from its kept bytes: a document of a history, or a change of the journal. Neither holds the number of the patient's file that a
/// document was listed under: derived ids of its lines lack it, as in a preview.
/// </summary>
internal static class ItemReplay
{
    internal static IEnumerable<ReadItem> Read(Unreadable item)
    {
        if (HardenedXml.TryRead(item.Raw, CdaReader.MaxBytes, out var root, out _) && root.Name == HistoryService.Change)
        {
            // A withdrawal that can be read now leaves nothing to show.
            if (ChangeReader.Read(item, root) is { } told)
                yield return told;
            yield break;
        }
        foreach (var read in HistoryReader.Replay(item))
            yield return read;
    }
}
