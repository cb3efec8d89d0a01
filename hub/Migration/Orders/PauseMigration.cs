using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Stops work on every slice of a source; each goes on being served as it is.</summary>
internal sealed record PauseMigration(Actor Actor, string SourceId, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationPaused;
}

internal sealed class PauseMigrationHandler(MigrationDesk desk) : IRequestHandler<PauseMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(PauseMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.PauseAsync(request.SourceId, request.Note, cancellationToken));
}
