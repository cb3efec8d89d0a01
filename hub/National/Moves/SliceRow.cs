using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.National.Moves;

/// <summary>One slice: where it stands, and the counters that move with the rows that are counted.</summary>
internal sealed class SliceRow
{
    public required string SourceId { get; init; }

    public required string Wave { get; init; }

    public required string CategoryGroup { get; init; }

    /// <summary>Place in the order of the plan.</summary>
    public int Position { get; init; }

    public MigrationState State { get; set; }

    public MigrationState? Resumes { get; set; }

    public bool ServedNationally { get; set; }

    public string? Checkpoint { get; set; }

    public long Copied { get; set; }

    public long Total { get; set; }

    public bool Listed { get; set; }

    /// <summary>One more with every batch taken over: who read what is held before asks whether it still is.</summary>
    public long Batches { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Patients the last verification compared.</summary>
    public long VerifiedPatients { get; set; }

    /// <summary>Facts the last verification compared.</summary>
    public long VerifiedFacts { get; set; }

    public long Differences { get; set; }

    public DateTimeOffset? RehearsedAt { get; set; }

    public DateTimeOffset? SwitchedAt { get; set; }

    public long ShadowReads { get; set; }

    public long ShadowDifferences { get; set; }

    public SliceRecord ToRecord() => new()
    {
        Id = new SliceId(SourceId, Wave, CategoryGroup),
        State = State,
        Resumes = Resumes,
        ServedNationally = ServedNationally,
        Checkpoint = Checkpoint,
        Copied = Copied,
        Total = Total,
        Listed = Listed,
        VerifiedAt = VerifiedAt,
        Differences = Differences,
        RehearsedAt = RehearsedAt,
        SwitchedAt = SwitchedAt,
        ShadowReads = ShadowReads,
        ShadowDifferences = ShadowDifferences,
    };
}

/// <summary>What somebody did to a migration, and why. Never changed, never deleted.</summary>
internal sealed class StepRow
{
    public long Id { get; init; }

    public required string SourceId { get; init; }

    /// <summary>Stable code, one of <see cref="StepKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null when it was done to the whole migration.</summary>
    public string? Wave { get; init; }

    public string? CategoryGroup { get; init; }

    public MigrationState? FromState { get; init; }

    public MigrationState? ToState { get; init; }

    public required string DoneBy { get; init; }

    public string? Reason { get; init; }

    public string? Evidence { get; init; }

    public DateTimeOffset DoneAt { get; init; }
}

/// <summary>Stable codes of what is done to a migration.</summary>
internal static class StepKinds
{
    public const string Begin = "BEGIN";
    public const string Brake = "BRAKE";
    public const string Limit = "LIMIT";
    public const string Move = "MOVE";
    public const string Release = "RELEASE";
}
