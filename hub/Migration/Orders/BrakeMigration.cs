using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Holds or lets go the brake: while it is held, nothing is read from the legacy for its migration.</summary>
internal sealed record BrakeMigration(Actor Actor, string SourceId, bool Braked, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationBraked;

    protected override string Particulars => Braked ? "BRAKE=HELD" : "BRAKE=RELEASED";
}

internal sealed class BrakeMigrationHandler(MigrationDesk desk) : IRequestHandler<BrakeMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(BrakeMigration request, CancellationToken cancellationToken) => desk.ChangeAsync(
        request.Stewardship.Decision,
        request.SourceId,
        store => store.BrakeAsync(request.SourceId, request.Braked, request.Note, cancellationToken),
        cancellationToken);
}
