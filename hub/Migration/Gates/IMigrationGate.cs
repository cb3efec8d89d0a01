using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Gates;

/// <summary>A forward step somebody wants a slice to take.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Slice">The slice of it.</param>
/// <param name="To">Where the step leads: Shadow, Switched or Retired.</param>
internal sealed record WantedStep(MigrationRecord Migration, SliceRecord Slice, MigrationState To);

/// <summary>
/// One thing that must be proven before a slice takes a forward step. Gates are asked in the order they are registered in, all of them; who has more
/// to ask for (a signed charter) registers another one.
/// </summary>
internal interface IMigrationGate
{
    /// <summary>Codes of what is missing; none when nothing is, or when the step is not this gate's.</summary>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    ValueTask<IReadOnlyList<string>> MissingAsync(WantedStep step, CancellationToken cancellationToken);
}

/// <summary>Codes of missing evidence. Stable.</summary>
internal static class MissingCodes
{
    /// <summary>The slice was not copied yet.</summary>
    public const string NotCopied = "NOT_COPIED";

    /// <summary>It is not in shadow, nor reversed.</summary>
    public const string NotInShadow = "NOT_IN_SHADOW";

    /// <summary>It is not switched.</summary>
    public const string NotSwitched = "NOT_SWITCHED";

    /// <summary>It is being verified.</summary>
    public const string VerificationRuns = "VERIFICATION_RUNS";

    /// <summary>It is paused.</summary>
    public const string Paused = "PAUSED";

    /// <summary>Both sides changed a fact; a person must decide.</summary>
    public const string Diverged = "DIVERGED";

    /// <summary>It was never verified as a whole, or not since the last order to.</summary>
    public const string NotVerified = "NOT_VERIFIED";

    /// <summary>The verification is too old.</summary>
    public const string VerificationStale = "VERIFICATION_STALE";

    /// <summary>The verification found differences no declared equivalence explains.</summary>
    public const string Differences = "DIFFERENCES";

    /// <summary>Facts were refused by the national model, and nobody signed for it.</summary>
    public const string LossesUnsigned = "LOSSES_UNSIGNED";

    /// <summary>Patients of the slice are not in the national store: they cannot be read.</summary>
    public const string SickPatients = "SICK_PATIENTS";

    /// <summary>Changes of the legacy were not followed up to the verification.</summary>
    public const string NotFollowed = "NOT_FOLLOWED";

    /// <summary>The national store is too far behind the legacy.</summary>
    public const string Lag = "LAG";

    /// <summary>The way back was never tried.</summary>
    public const string NotRehearsed = "NOT_REHEARSED";

    /// <summary>The time in which a switch can be reversed is not over.</summary>
    public const string Reversible = "REVERSIBILITY_WINDOW";
}
