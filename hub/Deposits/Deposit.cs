using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Feeding;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Deposits;

/// <summary>Writes one fact or document into a patient's dossier, once, whatever is repeated.</summary>
internal sealed record Deposit(Actor Actor, Ins Patient, DepositDraft Draft) : IRequest<DepositResult>, IRequireFeeding, IAudited<DepositResult>
{
    public bool Changes => true;

    public Feeding Feeding { get; } = new();

    public IReadOnlyList<AuditRecord> Records(DepositResult response) => response switch
    {
        DepositResult.Kept kept =>
        [
            Line with
            {
                Rule = kept.RuleId,
                Entries = AuditedEntries.Of([kept.EntryId]),
                Sources =
                [
                    new AuditedSource(kept.SourceId, AuditCode.Of(DeliveryState.Delivered), null),
                    .. kept.Receipt.Deliveries.Select(static line => new AuditedSource(line.SourceId, AuditCode.Of(line.State), line.Code)),
                ],
                Detail = DepositLabels.Detail(kept.Labels),
            },
        ],
        DepositResult.Refused refused => [Line.EndedAs(refused.Fault.Code, refused.Fault.Rule)],
        _ => throw new InvalidOperationException("The family of deposit results is closed."),
    };

    public IReadOnlyList<AuditRecord> Attempted() => [Line];

    /// <summary>The labels that were chosen stand in it also when nothing was kept: that something hidden was tried is hidden too.</summary>
    private AuditRecord Line => new()
    {
        Action = AuditAction.Deposited,
        Actor = AuditedActor.Of(Actor),
        Patient = Patient,
        Purpose = AuditCode.Of(Purpose.Treatment),
        Detail = DepositLabels.Detail(DepositLabels.Of(Draft.Confidentiality, [], Actor)),
        Confidential = Actor.IsConfidential,
    };
}

/// <summary>What became of a deposit. The family is closed.</summary>
internal abstract record DepositResult
{
    private DepositResult()
    {
    }

    /// <summary>It is kept.</summary>
    /// <param name="Receipt">What the depositor is told.</param>
    /// <param name="SourceId">The national record.</param>
    /// <param name="EntryId">Id of the fact, as <c>entries</c> shows it.</param>
    /// <param name="Labels">Labels it bears.</param>
    /// <param name="RuleId">The rule that allowed it.</param>
    internal sealed record Kept(
        DepositReceipt Receipt, string SourceId, string EntryId, IReadOnlyList<string> Labels, string RuleId) : DepositResult;

    /// <summary>Nothing was kept.</summary>
    internal sealed record Refused(DepositFault Fault) : DepositResult;
}

internal sealed class DepositHandler(
    ISourceRegistry registry, DepositCheck check, DeliveryPlan plan, DepositKeeping keeping, TimeProvider clock) : IRequestHandler<Deposit, DepositResult>
{
    public async Task<DepositResult> Handle(Deposit request, CancellationToken cancellationToken)
    {
        var record = registry.Current.Sources.FirstOrDefault(static source => source.IsNationalRecord);
        var right = request.Feeding.Right;
        var decision = right.Of(record?.Id ?? "");
        if (!decision.Allowed)
            return new DepositResult.Refused(new DepositFault(decision.Code!, decision.RuleId));
        if (record is null)
            return Conflict("NO_NATIONAL_RECORD", "This hub keeps no deposits: plugins.json names no source of the plug-in 'national'.");
        // What nobody could read afterwards is not taken.
        if (record.Connection is null)
            return Conflict("NATIONAL_RECORD_SHUT", "This hub keeps no deposits now: its national record is shut.");

        var now = clock.GetUtcNow();
        var (entry, labels, wrong) = await check.CheckAsync(request.Draft, request.Patient, request.Actor, now, cancellationToken);
        if (entry is null)
            return new DepositResult.Refused(wrong!);
        var (targets, cannot) = await plan.MakeAsync(request.Patient, entry.Category, right, request.Draft.Sources, cancellationToken);
        if (cannot is not null)
            return new DepositResult.Refused(cannot);

        var (receipt, fault) = await keeping.KeepAsync(
            new NewDeposit
            {
                UniqueId = request.Draft.UniqueId,
                Patient = request.Patient.Key,
                Category = entry.Category,
                Draft = request.Draft,
                Resource = entry.Resource,
                Depositor = new Depositor(request.Actor.Id, request.Actor.Profession!, request.Actor.OrganizationId),
                ReceivedAt = now,
                Targets = targets,
            },
            cancellationToken);
        return receipt is null
            ? new DepositResult.Refused(fault!)
            : new DepositResult.Kept(receipt, record.Id, EntryId.Of(record.Id, receipt.UniqueId), labels, decision.RuleId);
    }

    private static DepositResult.Refused Conflict(string rule, string message) => new(new DepositFault(DepositFault.Conflict, rule, message));
}
