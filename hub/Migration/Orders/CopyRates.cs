using System.Collections.Frozen;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>
/// How fast slices are copied, out of the counts seen over the last minute. Whoever reads a migration tells what they saw. Nothing is guessed: a
/// slice seen once has no rate. Thread-safe.
/// </summary>
internal sealed class CopyRates(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<SliceId, Queue<(DateTimeOffset At, long Copied)>> seen = [];

    /// <summary>Takes note of the counts, and tells the rates of the slices that are being copied.</summary>
    public IReadOnlyDictionary<SliceId, double> See(MigrationRecord migration)
    {
        var now = clock.GetUtcNow();
        var rates = new Dictionary<SliceId, double>();
        lock (gate)
        {
            foreach (var slice in migration.Slices)
            {
                if (slice.State != MigrationState.Copying)
                {
                    seen.Remove(slice.Id);
                    continue;
                }
                if (RateOf(slice, now) is { } rate)
                    rates[slice.Id] = rate;
            }
        }
        return rates.Count == 0 ? FrozenDictionary<SliceId, double>.Empty : rates;
    }

    private double? RateOf(SliceRecord slice, DateTimeOffset now)
    {
        if (!seen.TryGetValue(slice.Id, out var points))
            seen[slice.Id] = points = [];
        // Counts that went back are those of another copy.
        if (points.TryPeek(out var first) && first.Copied > slice.Copied)
            points.Clear();
        if (points.Count == 0 || now - points.Last().At >= Apart)
            points.Enqueue((now, slice.Copied));
        // One point from before the window stays, so that a window between two looks has both ends.
        while (points.Count > 2 && now - points.Peek().At > Window)
            points.Dequeue();
        var (since, copied) = points.Peek();
        return now - since >= Apart ? (slice.Copied - copied) / (now - since).TotalSeconds : null;
    }
}
