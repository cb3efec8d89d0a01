using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access.Policy.Import;

/// <summary>What came of one person of a register.</summary>
internal enum ImportResult
{
    /// <summary>Something was added.</summary>
    Imported,

    /// <summary>All of it was known already.</summary>
    Unchanged,

    /// <summary>Nothing was done, for the reason named.</summary>
    Refused,
}

/// <summary>What came of one person of a register.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Person">Who it is; null when refused.</param>
/// <param name="Reason">Stable code of the refusal, one of <see cref="ImportRefusals"/>; null otherwise.</param>
internal sealed record ImportedPerson(ImportResult Result, PersonId? Person, string? Reason);

/// <summary>Why a person of a register is not imported.</summary>
internal static class ImportRefusals
{
    /// <summary>The identifiers lead to different persons: an identity steward has to decide first.</summary>
    public const string LinkedToOthers = PolicyConflictException.LinkedToOthers;

    /// <summary>
    /// The person decided something here since, which the register does not know of: what was withdrawn must not come back by reading an old file again.
    /// </summary>
    public const string DecidedSince = "DECIDED_SINCE";

    /// <summary>Another register said the dossier is in another state.</summary>
    public const string StateDiffers = "STATE_DIFFERS";

    /// <summary>Another register named another médecin traitant.</summary>
    public const string AttendingDiffers = "ATTENDING_DIFFERS";
}

/// <summary>Takes existing registers of consents over.</summary>
internal interface IPolicyImport
{
    /// <summary>
    /// Adds what registers say to what is held, in one transaction for all of these persons. Nothing that is held is taken away or replaced.
    /// </summary>
    /// <param name="persons">The persons; one may be in it twice.</param>
    /// <param name="by">Who imports them.</param>
    /// <param name="cancellationToken">Gives up; nothing is imported then.</param>
    /// <returns>One for each person, in the same order.</returns>
    /// <exception cref="PolicyUnavailableException">The store cannot be used; nothing was imported.</exception>
    Task<IReadOnlyList<ImportedPerson>> ImportAsync(IReadOnlyList<RegisteredPerson> persons, string by, CancellationToken cancellationToken);
}
