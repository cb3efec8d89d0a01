using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Has the legacy serve slices again.</summary>
/// <param name="Actor">Who orders it.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Slices">The slices; null for every one in shadow or switched.</param>
/// <param name="Reason">In the operator's words.</param>
internal sealed record ReverseMigration(Actor Actor, string SourceId, IReadOnlyList<SliceId>? Slices, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationReversed;

    protected override string? Particulars => Named(Slices);
}

internal sealed class ReverseMigrationHandler(MigrationDesk desk) : IRequestHandler<ReverseMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(ReverseMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.ReverseAsync(request.SourceId, request.Slices, request.Note, cancellationToken));
}
