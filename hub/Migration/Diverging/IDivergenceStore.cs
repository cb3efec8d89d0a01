using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Diverging;

/// <summary>
/// A deposited fact that both sides changed after its legacy had it: nationally another deposit took its place, and the legacy corrected or withdrew
/// its own copy. Both are kept and given as before; a person looks which of them is right. Names no patient.
/// </summary>
/// <param name="Id">Id of the delivery it came to the legacy by.</param>
/// <param name="Slice">The slice the legacy's copy belongs to.</param>
/// <param name="LocalId">Local id of the fact at the legacy.</param>
/// <param name="Version">Number of the legacy's version, as the national store counts them.</param>
/// <param name="IsWithdrawn">True when the legacy withdrew it, false when it says something else now.</param>
/// <param name="SeenAt">When the legacy's change was taken over.</param>
internal sealed record Divergence(long Id, SliceId Slice, string LocalId, int Version, bool IsWithdrawn, DateTimeOffset SeenAt);

/// <summary>What waits for a person because both sides changed it. Told from what is held of copies and deposits, so that it misses nothing.</summary>
internal interface IDivergenceStore
{
    /// <summary>What nobody settled yet, oldest first.</summary>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<Divergence>> OpenAsync(string sourceId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes down that a person looked at it. It is open again when the legacy changes the fact once more.
    /// </summary>
    /// <returns>False when there is no such one open.</returns>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    Task<bool> SettleAsync(string sourceId, long id, StepNote note, CancellationToken cancellationToken);
}
