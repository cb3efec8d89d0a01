using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Has the national store serve slices. All of them or none.</summary>
/// <param name="Actor">Who orders it.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Slices">The slices; null for every one that is not switched already.</param>
/// <param name="Reason">In the operator's words.</param>
internal sealed record SwitchMigration(Actor Actor, string SourceId, IReadOnlyList<SliceId>? Slices, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationSwitched;

    protected override string? Particulars => Named(Slices);
}

internal sealed class SwitchMigrationHandler(MigrationDesk desk) : IRequestHandler<SwitchMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(SwitchMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.SwitchAsync(request.SourceId, request.Slices, request.Note, cancellationToken));
}
