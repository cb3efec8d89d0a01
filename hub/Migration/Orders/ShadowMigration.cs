using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Has verified slices read in shadow: both stores are read, the legacy serves.</summary>
internal sealed record ShadowMigration(Actor Actor, string SourceId, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationShadowed;
}

internal sealed class ShadowMigrationHandler(MigrationDesk desk) : IRequestHandler<ShadowMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(ShadowMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.ShadowAsync(request.SourceId, request.Note, cancellationToken));
}
