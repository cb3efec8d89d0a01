using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Access.Changes;

/// <summary>Changes what a patient decided: opening, closing, consent, block, care team, médecin traitant, oppositions.</summary>
internal sealed record ChangePolicy(Actor Actor, Ins Patient, PolicyChange Change)
    : IRequest<PolicyResult>, IRequirePolicyDecision, IAudited<PolicyResult>
{
    public bool Changes => true;

    PolicyChange? IRequirePolicyDecision.Change => Change;

    public PolicyPermission Permission { get; } = new();

    public IReadOnlyList<AuditRecord> Records(PolicyResult response) =>
        [PolicyLines.Ended(Attempted()[0], Permission.Decision, response as PolicyResult.Refused)];

    public IReadOnlyList<AuditRecord> Attempted() =>
        [PolicyLines.Of(Actor, Patient, PolicyLines.ActionOf(Change), PolicyLines.DetailOf(Change))];
}

internal sealed class ChangePolicyHandler(PolicyWriter writer) : IRequestHandler<ChangePolicy, PolicyResult>
{
    public Task<PolicyResult> Handle(ChangePolicy request, CancellationToken cancellationToken) =>
        writer.WriteAsync(request.Permission.Decision, request.Patient, request.Change, request.Actor, cancellationToken);
}

/// <summary>Shows patients what they decided.</summary>
internal sealed record ReadPolicy(Actor Actor, Ins Patient) : IRequest<PolicyResult>, IRequirePolicyDecision, IAudited<PolicyResult>
{
    public PolicyChange? Change => null;

    public PolicyPermission Permission { get; } = new();

    public IReadOnlyList<AuditRecord> Records(PolicyResult response) =>
        [PolicyLines.Ended(Attempted()[0], Permission.Decision, response as PolicyResult.Refused)];

    public IReadOnlyList<AuditRecord> Attempted() => [PolicyLines.Of(Actor, Patient, AuditAction.PolicyRead, "CONSENT")];
}

internal sealed class ReadPolicyHandler : IRequestHandler<ReadPolicy, PolicyResult>
{
    public Task<PolicyResult> Handle(ReadPolicy request, CancellationToken cancellationToken) => Task.FromResult<PolicyResult>(
        request.Permission.Decision is { Allowed: false } refused
            ? new PolicyResult.Refused(refused.Code!, refused.RuleId)
            : new PolicyResult.Holds(request.Patient, request.Permission.Policy));
}

/// <summary>Applies an allowed change to the person behind an identifier.</summary>
internal sealed class PolicyWriter(IPolicyStore policies, ICertifiedIdentities identities)
{
    private const string Conflict = "CONFLICT";

    public async Task<PolicyResult> WriteAsync(
        PolicyDecision decision, Ins patient, PolicyChange change, Actor actor, CancellationToken cancellationToken)
    {
        if (!decision.Allowed)
            return new PolicyResult.Refused(decision.Code!, decision.RuleId);
        try
        {
            var identity = await identities.FindAsync(patient, cancellationToken);
            var policy = await policies.ApplyAsync([patient.Key, .. identity.OtherIns(patient)], change, actor.Id, cancellationToken);
            return new PolicyResult.Holds(patient, policy);
        }
        catch (PolicyConflictException conflict)
        {
            return new PolicyResult.Refused(Conflict, conflict.Rule);
        }
    }
}
