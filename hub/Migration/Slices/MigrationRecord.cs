namespace DmpFederation.Hub.Migration.Slices;

/// <summary>A source's migration as it is kept.</summary>
/// <param name="Plan">How it is cut.</param>
/// <param name="Slices">In the order of the plan.</param>
internal sealed record MigrationRecord(MigrationPlan Plan, IReadOnlyList<SliceRecord> Slices)
{
    /// <summary>A slice of it; null when it has no such one.</summary>
    public SliceRecord? Find(SliceId id) => Slices.FirstOrDefault(slice => slice.Id == id);

    /// <summary>Moves by one with every change of a state or brake: who keeps a record asks whether it still holds by this.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where the legacy's change feed goes on, taken before the first copy; null for a source without a feed.</summary>
    public string? Cursor { get; init; }

    /// <summary>The national store holds every change the legacy had made until then; null while it was never followed.</summary>
    public DateTimeOffset? FollowedAt { get; init; }

    /// <summary>True while an operator holds the brake: nothing is read from the legacy for this migration.</summary>
    public bool Braked { get; init; }

    /// <summary>Limits of the load put on the legacy.</summary>
    public required LegacyLoad Load { get; init; }
}

/// <summary>How hard the legacy may be asked by its migration; every limit holds beside the others.</summary>
internal sealed record LegacyLoad
{
    /// <summary>Patients read a second, at most; null for no such limit.</summary>
    public double? PatientsPerSecond { get; init; }

    /// <summary>Patients read at the same time.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>It slows down while the legacy's answers take longer than this; null for no such limit.</summary>
    public TimeSpan? LatencyLimit { get; init; }

    /// <summary>Hours of the day in Paris in which it rests (business hours); null for none. May cross midnight.</summary>
    public (TimeOnly From, TimeOnly To)? Rest { get; init; }
}

/// <summary>One slice as it is kept.</summary>
internal sealed record SliceRecord
{
    public required SliceId Id { get; init; }

    public required MigrationState State { get; init; }

    /// <summary>What a paused or diverged slice goes back to; null otherwise.</summary>
    public MigrationState? Resumes { get; init; }

    /// <summary>Which store serves it now, whatever its state (a paused slice goes on being served as before).</summary>
    public required bool ServedNationally { get; init; }

    /// <summary>Last patient of the copy whose facts are durable; null when it has not begun, or has ended.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Patients copied, out of those the legacy lists.</summary>
    public required long Copied { get; init; }

    /// <summary>Patients the legacy listed when the copy began, and has added since. 0 until it was counted.</summary>
    public required long Total { get; init; }

    /// <summary>
    /// True when the source itself lists the slice's patients, so that a patient who is not held is unknown to it. False where those were copied whom the
    /// hub knew: of others nothing can be said.
    /// </summary>
    public bool Listed { get; init; }

    /// <summary>When the last verification of the whole slice ended; null when there was none.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Differences it found that no declared equivalence explains.</summary>
    public required long Differences { get; init; }

    /// <summary>When the way back was last rehearsed; null when never.</summary>
    public DateTimeOffset? RehearsedAt { get; init; }

    public DateTimeOffset? SwitchedAt { get; init; }

    /// <summary>Reads compared in shadow, and how many of them differed beyond the noise of reading the legacy twice.</summary>
    public long ShadowReads { get; init; }

    public long ShadowDifferences { get; init; }
}

/// <summary>Who moved a slice, why, and on what grounds. Kept for good.</summary>
/// <param name="By">Id of the actor, or <c>hub</c>.</param>
/// <param name="Reason">In the actor's words; null when the hub did it.</param>
/// <param name="Evidence">What it rests on, as codes and figures (<c>VERIFIED=2026-…;DIFFERENCES=0</c>). No patient data.</param>
internal sealed record StepNote(string By, string? Reason, string? Evidence);

/// <summary>One step of a slice, as it is kept.</summary>
internal sealed record SliceStep(SliceId Slice, MigrationState From, MigrationState To, StepNote Note, DateTimeOffset At);
