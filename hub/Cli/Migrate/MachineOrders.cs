using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Hub.Migration.Steps;
using MediatR;

namespace DmpFederation.Hub.Cli.Migrate;

/// <summary>
/// Gives orders as whoever runs commands on the hub's machine: every source is theirs. Steps and lines of the audit name the account of the machine.
/// The requests, and what is checked and written down, are those of every other way to give them.
/// </summary>
internal sealed class MachineOrders(IMediator mediator, IAuditTrail trail, IMigrationDirector director)
{
    private static readonly AuditActor Machine = new() { Role = "MACHINE_OPERATOR", Id = QuarantineHost.Operator, Authentication = "DIRECT" };

    public static Actor Operator { get; } = new() { Role = ActorRole.NationalOperator, Id = QuarantineHost.Operator };

    public Task<MigrationAnswer<MigrationStatus>> GiveAsync(MigrationOrder order, CancellationToken cancellationToken) =>
        SendAsync(order, order, order, cancellationToken);

    public Task<MigrationAnswer<MigrationStatus>> FindAsync(string sourceId, CancellationToken cancellationToken)
    {
        var request = new FindMigration(Operator, sourceId);
        return SendAsync(request, request, request, cancellationToken);
    }

    public Task<MigrationAnswer<IReadOnlyList<MigrationStatus>>> ListAsync(CancellationToken cancellationToken)
    {
        var request = new ListMigrations(Operator);
        return SendAsync(request, request, request, cancellationToken);
    }

    /// <summary>What each slice lacks for its next step.</summary>
    public async Task<IReadOnlyList<MissingEvidence>> MissingAsync(MigrationRecord? migration, CancellationToken cancellationToken) =>
        migration is null ? [] : await director.MissingAsync(migration, cancellationToken);

    private async Task<T> SendAsync<T>(
        IRequest<T> request, IRequireStewardship steward, IAudited<T> audited, CancellationToken cancellationToken)
    {
        steward.Stewardship.Make(StewardshipDecision.Decide(steward.Actor, steward.Act));
        if (audited.Changes)
            await trail.ProbeAsync(cancellationToken);
        T answer;
        try
        {
            answer = await mediator.Send(request, cancellationToken);
        }
        catch
        {
            await WriteAsync([.. audited.Attempted().Select(static line => line with { Outcome = AuditOutcome.Failed, Code = "INTERNAL" })]);
            throw;
        }
        await WriteAsync(audited.Records(answer));
        return answer;
    }

    private Task WriteAsync(IReadOnlyList<AuditRecord> lines) =>
        trail.AppendAsync([.. lines.Select(static line => line with { Actor = Machine })], CancellationToken.None);
}
