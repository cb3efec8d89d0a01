using DmpFederation.SyntheticFrance.Living;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Drip;

/// <summary>
/// Writes an event into one legacy system, through the system's own way in. An event that came once may come again after a failure that left open
/// whether it was taken: then it changes nothing more that a reader sees.
/// </summary>
internal interface ILegacyDoor
{
    /// <summary>Id of the source.</summary>
    string SourceId { get; }

    /// <summary>Returns when the system has the event.</summary>
    /// <param name="after">The patient as they stand once it is there.</param>
    /// <param name="happened">The event.</param>
    /// <param name="cancellationToken">Leaves it open whether the event was taken.</param>
    /// <exception cref="LegacyAwayException">The system is not there.</exception>
    Task WriteAsync(SyntheticPatient after, WorldEvent happened, CancellationToken cancellationToken);
}

/// <summary>A legacy system is not where it was, or does not answer.</summary>
internal sealed class LegacyAwayException(string message) : Exception(message);

/// <summary>What an event says in its own dossier.</summary>
internal static class EventContents
{
    /// <summary>Each fact with its origins in the event's dossier.</summary>
    public static IEnumerable<(SyntheticFact Fact, SyntheticOrigin Origin)> Held(this WorldEvent happened) => happened.Facts.SelectMany(
        fact => fact.Origins.Where(origin => origin.SourceId == happened.SourceId), static (fact, origin) => (fact, origin));
}
