using System.Collections.Concurrent;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;

namespace DmpFederation.Hub.National.Moves;

/// <summary>Plans read before: a plan is never changed once its migration has begun, and a cohort may list a hundred thousand patients. Thread-safe.</summary>
internal sealed class PlanCache
{
    private readonly ConcurrentDictionary<(string SourceId, DateTimeOffset StartedAt), MigrationPlan> plans = new();

    public async ValueTask<MigrationPlan> ReadAsync(NationalDb db, MigrationRow migration, CancellationToken cancellationToken)
    {
        if (plans.TryGetValue((migration.SourceId, migration.StartedAt), out var known))
            return known;
        MigrationPlan plan;
        try
        {
            plan = await PlanRows.ReadAsync(db, migration.SourceId, cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            // A newer hub wrote what this one has no word for: half a plan is none.
            throw new NationalUnavailableException(StoreFault.Schema);
        }
        return plans.GetOrAdd((migration.SourceId, migration.StartedAt), plan);
    }
}
