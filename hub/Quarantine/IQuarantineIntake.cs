using DmpFederation.Hub.Connectors;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Quarantine;

/// <summary>The door of the quarantine, for whoever reads sources: reads of dossiers, change feeds.</summary>
internal interface IQuarantineIntake
{
    /// <summary>
    /// Takes the unreadable items of one read without waiting and without looking at their bytes. They are written down in the background.
    /// </summary>
    /// <returns>
    /// False when they were not taken: too much waits already, or the hub stops. They are counted as lost; the next read meets them again.
    /// </returns>
    bool Offer(Source source, IReadOnlyList<Unreadable> items);
}
