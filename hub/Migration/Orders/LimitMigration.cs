using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Sets how hard the legacy may be asked by its migration.</summary>
internal sealed record LimitMigration(Actor Actor, string SourceId, LegacyLoad Load, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationLimited;
}

internal sealed class LimitMigrationHandler(MigrationDesk desk) : IRequestHandler<LimitMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(LimitMigration request, CancellationToken cancellationToken) => desk.ChangeAsync(
        request.Stewardship.Decision,
        request.SourceId,
        store => store.LimitAsync(request.SourceId, request.Load, request.Note, cancellationToken),
        cancellationToken);
}
