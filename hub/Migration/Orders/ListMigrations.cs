using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>How every source of the asker stands.</summary>
internal sealed record ListMigrations(Actor Actor)
    : IRequest<MigrationAnswer<IReadOnlyList<MigrationStatus>>>, IRequireStewardship, IAudited<MigrationAnswer<IReadOnlyList<MigrationStatus>>>
{
    public StewardshipAct Act => StewardshipAct.Look;

    public Stewardship Stewardship { get; } = new();

    public IReadOnlyList<AuditRecord> Records(MigrationAnswer<IReadOnlyList<MigrationStatus>> response) =>
        [MigrationLines.Ended(Line(), Stewardship, response.Refusal)];

    public IReadOnlyList<AuditRecord> Attempted() => [Line()];

    private AuditRecord Line() => MigrationLines.One(AuditAction.MigrationRead, Actor, "SOURCE=ALL");
}

internal sealed class ListMigrationsHandler(MigrationDesk desk) : IRequestHandler<ListMigrations, MigrationAnswer<IReadOnlyList<MigrationStatus>>>
{
    public Task<MigrationAnswer<IReadOnlyList<MigrationStatus>>> Handle(ListMigrations request, CancellationToken cancellationToken) =>
        desk.ListAsync(request.Stewardship.Decision, cancellationToken);
}
