using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Has every copied slice of a source compared with its legacy.</summary>
internal sealed record VerifyMigration(Actor Actor, string SourceId, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationVerified;
}

internal sealed class VerifyMigrationHandler(MigrationDesk desk) : IRequestHandler<VerifyMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(VerifyMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.VerifyAsync(request.SourceId, request.Note, cancellationToken));
}
