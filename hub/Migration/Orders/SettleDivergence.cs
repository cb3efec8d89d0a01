using System.Globalization;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Diverging;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>
/// Writes down that a person looked at a fact both sides had changed, and what was done about it: a new deposit, a correction in the legacy, or nothing
/// because both are right. The hub itself changes neither.
/// </summary>
/// <param name="Actor">Who answers for it.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Id">The divergence.</param>
/// <param name="Reason">What was found and done; never about a person.</param>
internal sealed record SettleDivergence(Actor Actor, string SourceId, long Id, string Reason) : MigrationOrder(Actor, SourceId, Reason)
{
    protected override AuditAction Action => AuditAction.MigrationSettled;

    protected override string Particulars => string.Create(CultureInfo.InvariantCulture, $"DIVERGENCE={Id}");
}

internal sealed class SettleDivergenceHandler(MigrationDesk desk, IDivergenceStore divergences, DivergenceWatch watch)
    : IRequestHandler<SettleDivergence, MigrationAnswer<MigrationStatus>>
{
    public async Task<MigrationAnswer<MigrationStatus>> Handle(SettleDivergence request, CancellationToken cancellationToken)
    {
        if (desk.Refuses(request.Stewardship.Decision, request.SourceId) is { } refusal)
            return refusal;
        try
        {
            if (!await divergences.SettleAsync(request.SourceId, request.Id, request.Note, cancellationToken))
                return new MigrationRefusal(MigrationRefusal.NotFound, "DIVERGENCE", "There is no such divergence open.");
            await watch.LookAsync(request.SourceId, cancellationToken);
        }
        catch (MigrationUnavailableException unusable)
        {
            return MigrationRefusal.Of(unusable);
        }
        return await desk.FindAsync(request.Stewardship.Decision, request.SourceId, cancellationToken);
    }
}
