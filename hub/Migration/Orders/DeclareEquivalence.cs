using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Slices;
using MediatR;

namespace DmpFederation.Hub.Migration.Orders;

/// <summary>Declares that a kind of difference between a legacy and its copy is none. Who declares it answers for it.</summary>
/// <param name="Actor">Who declares it.</param>
/// <param name="SourceId">The source.</param>
/// <param name="Field">The field, as differences name it.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Reason">Why the two are the same.</param>
internal sealed record DeclareEquivalence(Actor Actor, string SourceId, string Field, DateTimeOffset Until, string Reason)
    : MigrationOrder(Actor, SourceId, Reason)
{
    /// <summary>Most characters of a field.</summary>
    public const int LongestField = 200;

    protected override AuditAction Action => AuditAction.MigrationDeclared;

    protected override string Particulars => FormattableString.Invariant($"FIELD={Field};UNTIL={Until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}

internal sealed class DeclareEquivalenceHandler(MigrationDesk desk, TimeProvider clock)
    : IRequestHandler<DeclareEquivalence, MigrationAnswer<MigrationStatus>>
{
    private const int MostDays = 366;

    public async Task<MigrationAnswer<MigrationStatus>> Handle(DeclareEquivalence request, CancellationToken cancellationToken)
    {
        if (desk.Refuses(request.Stewardship.Decision, request.SourceId) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        if (request.Until <= now || request.Until > now.AddDays(MostDays))
            return new MigrationRefusal(MigrationRefusal.BadRequest, "UNTIL", $"An equivalence ends within {MostDays} days, and not before now.");
        var equivalence = new Equivalence(
            Guid.NewGuid().ToString("N"), request.SourceId, request.Field, request.Actor.Id, request.Reason!, request.Until);
        return await desk.ChangeAsync(
            request.Stewardship.Decision, request.SourceId, store => store.DeclareAsync(equivalence, cancellationToken), cancellationToken);
    }
}
