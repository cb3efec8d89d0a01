using System.Collections.Concurrent;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Throttle;

/// <summary>The throttle of each source, one for all that is done to it on this node.</summary>
internal sealed class LegacyThrottles(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, LegacyThrottle> bySource = new(StringComparer.Ordinal);

    public LegacyThrottle Of(string sourceId) => bySource.GetOrAdd(sourceId, static (_, clock) => new LegacyThrottle(clock), clock);

    /// <summary>Takes the limits over as they are kept now.</summary>
    public void Set(MigrationRecord migration, Source source) =>
        Of(source.Id).Set(migration.Load, migration.Braked, source.Budget.Concurrency);
}
