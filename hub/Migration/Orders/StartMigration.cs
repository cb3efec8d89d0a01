using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Begins the migration of a source.</summary>
/// <param name="Actor">Who orders it.</param>
/// <param name="Draft">How it shall be cut.</param>
/// <param name="Load">How hard the legacy may be asked.</param>
/// <param name="Reason">In the operator's words.</param>
internal sealed record StartMigration(Actor Actor, PlanDraft Draft, LegacyLoad Load, string? Reason) : MigrationOrder(Actor, Draft.SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationStarted;

    protected override string Particulars =>
        FormattableString.Invariant($"WAVES={Draft.Parts?.ToString(null, null) ?? "ALL"};PERCENT={Draft.Percent};COHORT={Draft.Cohort.Count};GROUPS={Draft.Groups.Count}");
}

internal sealed class StartMigrationHandler(MigrationDesk desk) : IRequestHandler<StartMigration, MigrationAnswer<MigrationStatus>>
{
    public async Task<MigrationAnswer<MigrationStatus>> Handle(StartMigration request, CancellationToken cancellationToken)
    {
        var decision = request.Stewardship.Decision;
        // Who may not see the source learns nothing of it, not even that its plan is wrong.
        if (desk.Refuses(decision, request.SourceId) is { } refusal)
            return refusal;
        var (plan, problem) = request.Draft.ToPlan();
        return plan is null
            ? new MigrationRefusal(MigrationRefusal.BadRequest, PlanDraft.Rule, problem)
            : await desk.OrderAsync(
                decision, request.SourceId, director => director.StartAsync(plan, request.Load, request.Note, cancellationToken));
    }
}
