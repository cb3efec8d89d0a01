using System.Collections.Frozen;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Slices;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>The routes of every source under migration as this node knows them; replaced as one. Thread-safe.</summary>
internal sealed class ServingRoutes : INationalService
{
    private FrozenDictionary<string, SourceRoute> routes = FrozenDictionary<string, SourceRoute>.Empty;

    /// <summary>The route of a source; null for one that has no migration.</summary>
    public SourceRoute? Of(string sourceId) => Volatile.Read(ref routes).GetValueOrDefault(sourceId);

    public bool Serves(string sourceId) => Of(sourceId) is { ServesAll: true };

    /// <summary>Takes over how migrations stand now.</summary>
    public void Put(IReadOnlyList<MigrationRecord> migrations) => Volatile.Write(
        ref routes,
        migrations.ToFrozenDictionary(static migration => migration.Plan.SourceId, static migration => new SourceRoute(migration), StringComparer.Ordinal));
}
