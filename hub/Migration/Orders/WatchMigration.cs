using System.Runtime.CompilerServices;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>
/// How the migration of one source stands, now and after each change of its counts or states, until the reader leaves or may see it no more. One
/// line of the audit, when it begins.
/// </summary>
internal sealed record WatchMigration(Actor Actor, string SourceId)
    : IRequest<MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>>>,
        IRequireStewardship,
        IAudited<MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>> response) =>
        [MigrationLines.Ended(Line(), Stewardship, response.Refusal)];

    public IReadOnlyList<AuditRecord> Attempted() => [Line()];

    private AuditRecord Line() => MigrationLines.One(AuditAction.MigrationWatched, Actor, $"SOURCE={SourceId}");
}

internal sealed class WatchMigrationHandler(MigrationDesk desk, MigrationProgress progress)
    : IRequestHandler<WatchMigration, MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>>>
{
    public async Task<MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>>> Handle(
        WatchMigration request, CancellationToken cancellationToken)
    {
        var decision = request.Stewardship.Decision;
        var first = await desk.FindAsync(decision, request.SourceId, cancellationToken);
        return first.Refusal is { } refusal
            ? refusal
            : new MigrationAnswer<IAsyncEnumerable<MigrationAnswer<MigrationStatus>>>(WatchAsync(decision, first.Value!, CancellationToken.None), null);
    }

    /// <summary>Rights may end meanwhile: the source may be given to another region. Then the refusal is the last thing that is said.</summary>
    private async IAsyncEnumerable<MigrationAnswer<MigrationStatus>> WatchAsync(
        StewardshipDecision decision, MigrationStatus first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return first;
        await foreach (var migration in progress.ChangesAsync(first.SourceId, first.Record, cancellationToken))
        {
            if (desk.Refuses(decision, first.SourceId) is { } refusal)
            {
                yield return refusal;
                yield break;
            }
            if (migration is not null)
                yield return desk.StatusOf(migration);
        }
    }
}
