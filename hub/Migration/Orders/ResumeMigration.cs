using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Has paused slices go on from where they stopped.</summary>
internal sealed record ResumeMigration(Actor Actor, string SourceId, string? Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationResumed;
}

internal sealed class ResumeMigrationHandler(MigrationDesk desk) : IRequestHandler<ResumeMigration, MigrationAnswer<MigrationStatus>>
{
    public Task<MigrationAnswer<MigrationStatus>> Handle(ResumeMigration request, CancellationToken cancellationToken) => desk.OrderAsync(
        request.Stewardship.Decision,
        request.SourceId,
        director => director.ResumeAsync(request.SourceId, request.Note, cancellationToken));
}
