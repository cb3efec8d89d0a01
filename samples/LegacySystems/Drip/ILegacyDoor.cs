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
