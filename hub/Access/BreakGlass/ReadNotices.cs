using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;
using MediatR;

namespace DmpFederation.Hub.Access.BreakGlass;

/// <summary>What a patient was told.</summary>
internal sealed record ReadNotices(Actor Actor, Ins Patient, int First) : IRequest<NoticesResult>, IRequirePolicyDecision, IAudited<NoticesResult>
{
    public PolicyChange? Change => null;

    public PolicyPermission Permission { get; } = new();

    public IReadOnlyList<AuditRecord> Records(NoticesResult response) =>
        [PolicyLines.Ended(Attempted()[0], Permission.Decision, response.Refused)];

    public IReadOnlyList<AuditRecord> Attempted() => [PolicyLines.Of(Actor, Patient, AuditAction.PolicyRead, "NOTICES")];
}

/// <summary>The notices, newest first, or why they are not shown: exactly one is not null.</summary>
internal sealed record NoticesResult(IReadOnlyList<GivenNotice>? Notices, PolicyResult.Refused? Refused);

internal sealed class ReadNoticesHandler(IPatientNotices notices) : IRequestHandler<ReadNotices, NoticesResult>
{
    public async Task<NoticesResult> Handle(ReadNotices request, CancellationToken cancellationToken) =>
        request.Permission.Decision is { Allowed: false } refused
            ? new NoticesResult(null, new PolicyResult.Refused(refused.Code!, refused.RuleId))
            : new NoticesResult(await notices.ListAsync(request.Patient.Key, request.First, cancellationToken), null);
}
