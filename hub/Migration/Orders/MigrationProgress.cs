using System.Runtime.CompilerServices;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Looks at migrations for all who watch them: one look a source and half second, however many watch. Thread-safe.</summary>
internal sealed class MigrationProgress(IMigrationStore store, TimeProvider clock)
{
    /// <summary>Time between two looks, and the shortest between two changes that are told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Look> looks = new(StringComparer.Ordinal);

    /// <summary>
    /// The migration after each change of its counts or states, and null after each look that saw none, so that the reader can look around. Never
    /// ends by itself.
    /// </summary>
    /// <param name="sourceId">The source.</param>
    /// <param name="known">What the reader knows; null when it had not begun.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MigrationUnavailableException">The store cannot be used.</exception>
    public async IAsyncEnumerable<MigrationRecord?> ChangesAsync(
        string sourceId, MigrationRecord? known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, cancellationToken);
            var now = await LookAsync(sourceId).WaitAsync(cancellationToken);
            var changed = now is not null && !Same(known, now);
            if (changed)
                known = now;
            yield return changed ? now : null;
        }
    }

    private static bool Same(MigrationRecord? known, MigrationRecord now) =>
        known is not null && known.Version == now.Version && known.Braked == now.Braked && known.Slices.SequenceEqual(now.Slices);

    private Task<MigrationRecord?> LookAsync(string sourceId)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (looks.TryGetValue(sourceId, out var look) && now - look.At < Interval / 2)
                return look.Result;
            // Nobody's own token: the others wait for the same look.
            var result = store.FindAsync(sourceId, CancellationToken.None);
            looks[sourceId] = new Look(now, result);
            return result;
        }
    }

    private sealed record Look(DateTimeOffset At, Task<MigrationRecord?> Result);
}
