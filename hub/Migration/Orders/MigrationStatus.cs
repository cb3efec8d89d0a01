using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>How a source's migration stands. A source whose migration has not begun is Federated and has no slices.</summary>
/// <param name="SourceId">The source.</param>
/// <param name="Record">The migration as it is kept; null when it has not begun.</param>
/// <param name="Rates">Patients copied a second, of the slices of which it is known.</param>
internal sealed record MigrationStatus(string SourceId, MigrationRecord? Record, IReadOnlyDictionary<SliceId, double> Rates)
{
    public IReadOnlyList<SliceRecord> Slices => Record?.Slices ?? [];

    /// <summary>State of the slice that is least advanced; a diverged slice, or else a paused one, wins, because it waits for a person.</summary>
    public MigrationState State => Slices.Count == 0 ? MigrationState.Federated : Slices.Select(static slice => slice.State).MinBy(Standing);

    public long Copied => Slices.Sum(static slice => slice.Copied);

    public long Total => Slices.Sum(static slice => slice.Total);

    public long Differences => Slices.Sum(static slice => slice.Differences);

    /// <summary>Patients copied a second over all slices that are being copied; null when it is not known.</summary>
    public double? Rate => Rates.Count == 0 ? null : Rates.Values.Sum();

    /// <summary>Time until all slices being copied are copied, at the present rate; null when nothing is being copied or the rate is not known.</summary>
    public TimeSpan? Left => LeftOf(Slices.Where(static slice => slice.State == MigrationState.Copying).Sum(static slice => slice.Total - slice.Copied), Rate);

    public double? RateOf(SliceId slice) => Rates.TryGetValue(slice, out var rate) ? rate : null;

    public TimeSpan? LeftOf(SliceRecord slice) =>
        slice.State == MigrationState.Copying ? LeftOf(slice.Total - slice.Copied, RateOf(slice.Id)) : null;

    private static TimeSpan? LeftOf(long patients, double? rate) =>
        rate is > 0 and { } known && patients > 0 ? TimeSpan.FromSeconds(Math.Min(patients / known, TimeSpan.FromDays(3_650).TotalSeconds)) : null;

    private static int Standing(MigrationState state) => state switch
    {
        MigrationState.Diverged => 0,
        MigrationState.Paused => 1,
        MigrationState.Federated => 2,
        MigrationState.Copying => 3,
        MigrationState.Following => 4,
        MigrationState.Verifying => 5,
        MigrationState.Reversed => 6,
        MigrationState.Shadow => 7,
        MigrationState.Switched => 8,
        MigrationState.Retired => 9,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
