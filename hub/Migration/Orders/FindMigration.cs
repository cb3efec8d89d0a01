using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>How the migration of one source stands.</summary>
internal sealed record FindMigration(Actor Actor, string SourceId)
    : IRequest<MigrationAnswer<MigrationStatus>>, IRequireStewardship, IAudited<MigrationAnswer<MigrationStatus>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(MigrationAnswer<MigrationStatus> response) =>
        [MigrationLines.Ended(Line(), Stewardship, response.Refusal)];

    public IReadOnlyList<AuditRecord> Attempted() => [Line()];

    private AuditRecord Line() => MigrationLines.One(AuditAction.MigrationRead, Actor, $"SOURCE={SourceId}");
}

internal sealed class FindMigrationHandler(MigrationDesk desk) : IRequestHandler<FindMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(FindMigration request, CancellationToken cancellationToken) =>
        desk.FindAsync(request.Stewardship.Decision, request.SourceId, cancellationToken);
}
