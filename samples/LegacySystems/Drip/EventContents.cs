using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>What an event says in its own dossier.</summary>
internal static class EventContents
{
    /// <summary>Each fact with its origins in the event's dossier.</summary>
    public static IEnumerable<(SyntheticFact Fact, SyntheticOrigin Origin)> Held(this WorldEvent happened) => happened.Facts.SelectMany(
        fact => fact.Origins.Where(origin => origin.SourceId == happened.SourceId), static (fact, origin) => (fact, origin));
}
