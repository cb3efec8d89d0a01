using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Living;

/// <summary>Where it is kept what became of a world since it was written.</summary>
public interface IWorldChanges
{
    /// <summary>Facts of a patient that are new, or no longer as the world was written, whole; in any order.</summary>
    IReadOnlyList<SyntheticFact> FactsOf(int patient);

    /// <summary>Copies of facts of a patient that are still to come.</summary>
    IReadOnlyList<CopyToCome> CopiesOf(int patient);

    /// <summary>The oldest copy to come that nothing speaks against; null when there is none.</summary>
    CopyToCome? NextCopy(InDoubt doubt);

    /// <summary>How many copies are to come.</summary>
    int CopyCount { get; }
}
