using DmpFederation.Hub.Migration.Leases;

namespace DmpFederation.Hub.Migration.Slices;

/// <summary>Where migrations are kept. Durable when a call has ended; the same for every node on one database.</summary>
internal interface IMigrationStore
{
    /// <summary>Every migration begun, ordered by source. Cheap: readers ask about twice a second.</summary>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    Task<IReadOnlyList<MigrationRecord>> AllAsync(CancellationToken cancellationToken);

    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    Task<MigrationRecord?> FindAsync(string sourceId, CancellationToken cancellationToken);

    /// <summary>Begins a migration: every slice is Federated.</summary>
    /// <exception cref="MigrationConflictException"><c>MIGRATION_EXISTS</c>.</exception>
    Task<MigrationRecord> BeginAsync(MigrationPlan plan, LegacyLoad load, StepNote note, CancellationToken cancellationToken);

    /// <summary>Changes a slice from the state it is believed to be in, and writes the step down, in one transaction.</summary>
    /// <param name="next">The slice as it shall be; its state, resumption, who serves, and figures that are not counters of the copy.</param>
    /// <param name="from">The state it is believed to be in.</param>
    /// <param name="note">Who, why, on what grounds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="MigrationConflictException"><c>STATE_MOVED</c>: it is in another state.</exception>
    Task<SliceRecord> MoveAsync(SliceRecord next, MigrationState from, StepNote note, CancellationToken cancellationToken);

    /// <summary>Holds or lets go the brake.</summary>
    Task BrakeAsync(string sourceId, bool braked, StepNote note, CancellationToken cancellationToken);

    /// <summary>Sets how hard the legacy may be asked.</summary>
    Task LimitAsync(string sourceId, LegacyLoad load, StepNote note, CancellationToken cancellationToken);

    /// <summary>Notes how far the legacy's changes were followed.</summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="cursor">Where its feed goes on; null for a source without one.</param>
    /// <param name="followedAt">Every change made until then is in the national store; null to leave it as it is.</param>
    /// <param name="fence">The right of the follower.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="FencedOffException">Another node follows this source now.</exception>
    Task FollowedAsync(string sourceId, string? cursor, DateTimeOffset? followedAt, Fence fence, CancellationToken cancellationToken);

    /// <summary>Sets how many patients a slice has (<see cref="SliceRecord.Total"/>).</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="total">Patients.</param>
    /// <param name="listed">See <see cref="SliceRecord.Listed"/>.</param>
    /// <param name="fence">The right of the writer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task CountedAsync(SliceId slice, long total, bool listed, Fence fence, CancellationToken cancellationToken);

    /// <summary>Puts the result of a verification of a whole slice in the place of the one before.</summary>
    Task VerifiedAsync(SliceId slice, VerifiedSlice result, Fence fence, CancellationToken cancellationToken);

    /// <summary>Adds to the figures of shadow reading.</summary>
    Task ShadowedAsync(SliceId slice, long reads, IReadOnlyList<FieldDifference> differences, CancellationToken cancellationToken);

    /// <summary>What the last verification and the shadow reads found in a slice, explained or not; newest first.</summary>
    Task<IReadOnlyList<FieldDifference>> DifferencesAsync(SliceId slice, int most, CancellationToken cancellationToken);

    /// <summary>What the last verification of a slice found not to map.</summary>
    Task<IReadOnlyList<MappingLoss>> LossesAsync(SliceId slice, CancellationToken cancellationToken);

    /// <summary>The steps of a source's slices, in order.</summary>
    Task<IReadOnlyList<SliceStep>> StepsAsync(string sourceId, CancellationToken cancellationToken);

    /// <summary>Declares that a kind of difference is none (owner, reason, expiry).</summary>
    Task DeclareAsync(Equivalence equivalence, CancellationToken cancellationToken);

    /// <summary>Equivalences declared for a source, expired ones too.</summary>
    Task<IReadOnlyList<Equivalence>> EquivalencesAsync(string sourceId, CancellationToken cancellationToken);
}

/// <summary>A difference between legacy and national store. Names no patient: the local id and the field are enough to find it.</summary>
/// <param name="LocalId">Local id of the fact, or null when it is about the patient's whole record.</param>
/// <param name="Field">What differs: <c>missing</c>, <c>surplus</c>, <c>resource:/path</c>, <c>date</c>, <c>confidentiality</c>, <c>mask</c>, <c>consent</c>, …</param>
/// <param name="Explained">Id of the equivalence that explains it; null when none does.</param>
internal sealed record FieldDifference(string? LocalId, string Field, string? Explained)
{
    /// <summary>Hash of the patient's key, to find the record by; never the key.</summary>
    public required string PatientDigest { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>True when shadow reading met it, false when a verification did.</summary>
    public bool InShadow { get; init; }
}

/// <summary>What a verification of a whole slice found.</summary>
/// <param name="At">When it began.</param>
/// <param name="Patients">Patients compared.</param>
/// <param name="Facts">Facts compared.</param>
/// <param name="Differences">Every difference; those unexplained first, at most 1,000 kept.</param>
/// <param name="Unexplained">How many no equivalence explains.</param>
/// <param name="Losses">What does not map, by kind.</param>
internal sealed record VerifiedSlice(
    DateTimeOffset At, long Patients, long Facts, IReadOnlyList<FieldDifference> Differences, long Unexplained, IReadOnlyList<MappingLoss> Losses);

/// <summary>What a source field became: mapped, kept raw, or refused by a signature.</summary>
/// <param name="Field">Code system, field or kind of item in the legacy's words.</param>
/// <param name="Fate"><c>KEPT_RAW</c>, <c>REFUSED</c>, <c>SIGNED</c>.</param>
/// <param name="Count">Facts concerned.</param>
internal sealed record MappingLoss(string Field, string Fate, long Count);

/// <summary>A difference that is none, by declaration.</summary>
/// <param name="Id">Random.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Field">The field it is about; a path of a resource matches itself and what is below.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why the two are the same.</param>
/// <param name="Until">When it ends; differences count again afterwards.</param>
internal sealed record Equivalence(string Id, string SourceId, string Field, string Owner, string Reason, DateTimeOffset Until);
