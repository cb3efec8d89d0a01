using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.National.Moves;

/// <summary>The migration of one source.</summary>
internal sealed class MigrationRow
{
    public required string SourceId { get; init; }

    /// <summary>One more with every change of a state, the brake or the limits.</summary>
    public long Version { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    public string? Cursor { get; set; }

    public DateTimeOffset? FollowedAt { get; set; }

    public bool Braked { get; set; }

    public double? PatientsPerSecond { get; set; }

    public int Concurrency { get; set; }

    /// <summary>Milliseconds.</summary>
    public double? LatencyLimit { get; set; }

    /// <summary>Seconds after midnight in Paris.</summary>
    public double? RestFrom { get; set; }

    /// <summary>Seconds after midnight in Paris.</summary>
    public double? RestTo { get; set; }

    public LegacyLoad Load
    {
        get => new()
        {
            PatientsPerSecond = PatientsPerSecond,
            Concurrency = Concurrency,
            LatencyLimit = LatencyLimit is { } limit ? TimeSpan.FromMilliseconds(limit) : null,
            Rest = RestFrom is { } from && RestTo is { } to ? (Hour(from), Hour(to)) : null,
        };
        set
        {
            (PatientsPerSecond, Concurrency, LatencyLimit) = (value.PatientsPerSecond, value.Concurrency, value.LatencyLimit?.TotalMilliseconds);
            (RestFrom, RestTo) = (value.Rest?.From.ToTimeSpan().TotalSeconds, value.Rest?.To.ToTimeSpan().TotalSeconds);
        }
    }

    private static TimeOnly Hour(double seconds) => TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(seconds));
}

/// <summary>One wave of a plan. Never changed.</summary>
internal sealed class WaveRow
{
    public required string SourceId { get; init; }

    public int Position { get; init; }

    public required string Wave { get; init; }

    public WaveKind Kind { get; init; }

    public int PartitionIndex { get; init; }

    public int PartitionCount { get; init; }

    /// <summary>The patients of a cohort (<see cref="PlanRows"/>); empty for none.</summary>
    public required byte[] Cohort { get; init; }
}

/// <summary>One group of categories of a plan. Never changed.</summary>
internal sealed class GroupRow
{
    public required string SourceId { get; init; }

    public int Position { get; init; }

    public required string CategoryGroup { get; init; }

    /// <summary>List of names.</summary>
    public required string Categories { get; init; }
}
