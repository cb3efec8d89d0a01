using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>What an event of a living world does to the one dossier it concerns.</summary>
public enum WorldEventKind
{
    /// <summary>Something befell the patient, and the first dossier hears of it.</summary>
    NewFact,

    /// <summary>One more dossier hears of something that another knows already.</summary>
    LateCopy,

    /// <summary>A dossier puts right what it said.</summary>
    Correction,

    /// <summary>A dossier takes back what it said.</summary>
    Withdrawal,
}

/// <summary>
/// One event of a living world: of one patient, in one dossier. Facts that several dossiers hold reach them by one event each, so an event is
/// in its dossier or is not.
/// </summary>
public sealed record WorldEvent
{
    /// <summary>From 1, in the order of the events.</summary>
    public required long Number { get; init; }

    /// <summary>When the dossier learns of it.</summary>
    public required DateTimeOffset At { get; init; }

    public required WorldEventKind Kind { get; init; }

    /// <summary>Position of the patient in the world.</summary>
    public required int Patient { get; init; }

    /// <summary>The dossier.</summary>
    public required string SourceId { get; init; }

    /// <summary>Every fact the event adds or changes, whole, as it stands after it, oldest first.</summary>
    public required IReadOnlyList<SyntheticFact> Facts { get; init; }

    /// <summary>Other dossiers that will hear of it; not yet numbered.</summary>
    public IReadOnlyList<CopyToCome> Copies { get; init; } = [];

    /// <summary>Number of the <see cref="CopyToCome"/> this event is; null for one that is none.</summary>
    public long? Copy { get; init; }
}

/// <summary>Facts that a further dossier has not heard of yet.</summary>
/// <param name="Number">Lower for the older; 0 before it is kept.</param>
/// <param name="Patient">Position of the patient in the world.</param>
/// <param name="SourceId">The dossier.</param>
/// <param name="Facts">The facts, each with its origin in that dossier alone.</param>
public sealed record CopyToCome(long Number, int Patient, string SourceId, IReadOnlyList<SyntheticFact> Facts);

/// <summary>What is not known for certain, and so is left alone by further events.</summary>
/// <param name="Patients">Patients of whom an event is under way.</param>
/// <param name="Sources">Dossiers that did not take an event.</param>
public sealed record InDoubt(IReadOnlySet<int> Patients, IReadOnlySet<string> Sources)
{
    public static InDoubt Nothing { get; } = new(new HashSet<int>(), new HashSet<string>());
}
