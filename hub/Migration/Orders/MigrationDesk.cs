using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>
/// What all requests of operators share: sources of other regions are as if there were none, outcomes become answers, a store that cannot be used
/// is said to be so.
/// </summary>
internal sealed class MigrationDesk(ISourceRegistry registry, IMigrationStore store, IMigrationDirector director, CopyRates rates)
{
    /// <summary>Has the director carry an order out.</summary>
    public Task<MigrationAnswer<MigrationStatus>> OrderAsync(
        StewardshipDecision decision, string sourceId, Func<IMigrationDirector, Task<StepResult>> order) =>
        AnswerAsync(decision, sourceId, async () => await order(director) switch
        {
            StepResult.Done { Migration: var migration } => StatusOf(migration),
            StepResult.Blocked { Missing: var missing } =>
                new MigrationRefusal(MigrationRefusal.Blocked, null, "Evidence is missing; nothing was moved.") { Missing = missing },
            StepResult.Conflict { Rule: var rule, Message: var message } => new MigrationRefusal(MigrationRefusal.Conflict, rule, message),
            StepResult.NotFound { What: var what } => new MigrationRefusal(MigrationRefusal.NotFound, what),
            var result => throw new InvalidOperationException($"No answer is made of {result.GetType().Name}."),
        });

    /// <summary>Changes what is kept of a migration that has begun.</summary>
    public Task<MigrationAnswer<MigrationStatus>> ChangeAsync(
        StewardshipDecision decision, string sourceId, Func<IMigrationStore, Task> change, CancellationToken cancellationToken) =>
        AnswerAsync(decision, sourceId, async () =>
        {
            if (await store.FindAsync(sourceId, cancellationToken) is null)
                return MigrationRefusal.NoMigration;
            await change(store);
            return StatusOf((await store.FindAsync(sourceId, cancellationToken))!);
        });

    /// <summary>How the migration of a source stands.</summary>
    public Task<MigrationAnswer<MigrationStatus>> FindAsync(
        StewardshipDecision decision, string sourceId, CancellationToken cancellationToken) =>
        AnswerAsync(decision, sourceId, async () => await store.FindAsync(sourceId, cancellationToken) is { } migration
            ? StatusOf(migration)
            : registry.Current.Find(sourceId) is null ? MigrationRefusal.NoSource : StatusOf(sourceId, null));

    /// <summary>
    /// How every source of the asker stands, ordered by id; those whose migration has not begun too. The national record is moved nowhere.
    /// </summary>
    public async Task<MigrationAnswer<IReadOnlyList<MigrationStatus>>> ListAsync(
        StewardshipDecision decision, CancellationToken cancellationToken)
    {
        if (decision is not StewardshipDecision.Allowed { Region: var region })
            return new MigrationRefusal(MigrationRefusal.AccessRefused, decision.RuleId);
        try
        {
            var begun = (await store.AllAsync(cancellationToken)).ToDictionary(static migration => migration.Plan.SourceId, StringComparer.Ordinal);
            var (sources, own) = (registry.Current, registry.Current.IdsOf(region));
            var ids = own ?? [.. sources.Sources.Select(static source => source.Id).Union(begun.Keys, StringComparer.Ordinal)];
            return new(
                [
                    .. ids.Where(id => sources.Find(id) is not { IsNationalRecord: true }).Order(StringComparer.Ordinal)
                        .Select(id => StatusOf(id, begun.GetValueOrDefault(id))),
                ],
                null);
        }
        catch (MigrationUnavailableException fault)
        {
            return MigrationRefusal.Of(fault);
        }
    }

    /// <summary>Why the asker may not see the source; null when they may.</summary>
    public MigrationRefusal? Refuses(StewardshipDecision decision, string sourceId) => decision switch
    {
        StewardshipDecision.Allowed { Region: var region } =>
            registry.Current.IdsOf(region)?.Contains(sourceId) == false ? MigrationRefusal.NoSource : null,
        _ => new MigrationRefusal(MigrationRefusal.AccessRefused, decision.RuleId),
    };

    public MigrationStatus StatusOf(MigrationRecord migration) => StatusOf(migration.Plan.SourceId, migration);

    private MigrationStatus StatusOf(string sourceId, MigrationRecord? migration) =>
        new(sourceId, migration, migration is null ? new Dictionary<SliceId, double>() : rates.See(migration));

    private async Task<MigrationAnswer<MigrationStatus>> AnswerAsync(
        StewardshipDecision decision, string sourceId, Func<Task<MigrationAnswer<MigrationStatus>>> answer)
    {
        if (Refuses(decision, sourceId) is { } refusal)
            return refusal;
        try
        {
            return await answer();
        }
        catch (MigrationUnavailableException fault)
        {
            return MigrationRefusal.Of(fault);
        }
        catch (MigrationConflictException conflict)
        {
            return new MigrationRefusal(MigrationRefusal.Conflict, conflict.Rule);
        }
    }
}
