using DmpFederation.Hub.Migration.Leases;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Copies;

/// <summary>
/// The national store of entries: what every source's patients were told of, each version kept. A patient's copy is put in the place of the one
/// before as a whole, so that the same copy again changes nothing, whoever sends it and however often.
/// </summary>
internal interface ICopyStore
{
    /// <summary>What is held of these patients; those of whom nothing is held are left out. One round trip.</summary>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<HeldPatient>> ReadAsync(string sourceId, IReadOnlyList<PatientKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Takes copies over and moves the slice's checkpoint, in one durable transaction: new facts are added, changed ones get a new version, facts that
    /// are gone get a tombstone. Facts that are no valid FHIR R4 are kept as refused, with their bytes and reason, and given back like any other.
    /// </summary>
    /// <exception cref="FencedOffException">The right to write this slice was taken over; nothing was written.</exception>
    /// <exception cref="MigrationUnavailableException">The store cannot be used; nothing was written.</exception>
    Task<TakenOver> TakeOverAsync(CopyBatch batch, CancellationToken cancellationToken);

    /// <summary>Notes that copies were found equal to the legacy.</summary>
    Task ConfirmAsync(SliceId slice, IReadOnlyList<PatientKey> keys, DateTimeOffset at, Fence fence, CancellationToken cancellationToken);

    /// <summary>Exact counts of a slice, out of the rows.</summary>
    Task<SliceCounts> CountAsync(SliceId slice, CancellationToken cancellationToken);

    /// <summary>Keys of the patients held in a slice, in an order that goes on after <paramref name="after"/>.</summary>
    IAsyncEnumerable<PatientKey> ListAsync(SliceId slice, PatientKey? after, CancellationToken cancellationToken);

    /// <summary>Content of a document in force; null when none is held.</summary>
    Task<ContentCopy?> OpenContentAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken);

    /// <summary>Every version of a fact, oldest first, tombstones too. Empty when none was ever held.</summary>
    Task<IReadOnlyList<HeldVersion>> HistoryAsync(string sourceId, PatientKey key, string localId, CancellationToken cancellationToken);
}

/// <summary>Copies to be taken over in one transaction.</summary>
/// <param name="Slice">The slice they belong to; every copy holds facts of its group alone.</param>
/// <param name="Copies">The patients, each once.</param>
/// <param name="Fence">The right to write the slice.</param>
/// <param name="At">When they were read.</param>
internal sealed record CopyBatch(SliceId Slice, IReadOnlyList<PatientCopy> Copies, Fence Fence, DateTimeOffset At)
{
    /// <summary>Where the copy goes on after this; null when it is no step of a first copy.</summary>
    public string? Checkpoint { get; init; }
}

/// <summary>What a batch changed.</summary>
/// <param name="Patients">Patients the slice did not hold before.</param>
/// <param name="Added">Facts new to the store.</param>
/// <param name="Changed">Facts that got another version.</param>
/// <param name="Withdrawn">Facts that got a tombstone.</param>
/// <param name="Unchanged">Facts that were held already.</param>
/// <param name="Refused">Of those added or changed, how many are no valid FHIR R4.</param>
internal readonly record struct TakenOver(int Patients, int Added, int Changed, int Withdrawn, int Unchanged, int Refused);

/// <summary>Counts of a slice.</summary>
/// <param name="Patients">Patients held, those the source does not know too.</param>
/// <param name="Facts">Facts in force, refused ones too.</param>
/// <param name="Tombstones">Facts that are gone.</param>
/// <param name="Documents">Facts in force with a content.</param>
/// <param name="Refused">Facts in force that are no valid FHIR R4.</param>
/// <param name="Versions">Versions of all facts, tombstones too.</param>
internal readonly record struct SliceCounts(long Patients, long Facts, long Tombstones, long Documents, long Refused, long Versions);

/// <summary>One version of a fact.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Entry">The fact; null for a tombstone.</param>
/// <param name="At">When the national store took it over.</param>
/// <param name="ContentHash">SHA-256 of envelope and canonical resource; null for a tombstone.</param>
internal sealed record HeldVersion(int Number, DossierEntry? Entry, DateTimeOffset At, byte[]? ContentHash);
