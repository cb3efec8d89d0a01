using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Asks the legacy no more. There is no way back.</summary>
internal sealed record RetireMigration(Actor Actor, string SourceId, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationRetired;
}

internal sealed class RetireMigrationHandler(MigrationDesk desk) : IRequestHandler<RetireMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(RetireMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.RetireAsync(request.SourceId, request.Note, cancellationToken));
}
