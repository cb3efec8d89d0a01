using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>What is done to a mask.</summary>
internal enum MaskAct
{
    /// <summary>Laid.</summary>
    Lay,

    /// <summary>Taken away, with what the source itself says of the fact: unmasking by the patient, or the consultation d'annonce.</summary>
    Lift,
}

/// <summary>
/// Lays a mask or takes it away. What is named must exist for who names it: a fact the asker does not see is as if there were none. A fact is masked
/// with every holder it has now.
/// </summary>
internal sealed record SetMask(Actor Actor, Ins Patient, MaskTarget Target, Visibility Visibility, MaskAct Act)
    : IRequest<PolicyResult>, IRequirePolicyDecision, IRequireDecision, IAudited<PolicyResult>
{
    public bool Changes => true;

    public PolicyChange Change { get; } = Act == MaskAct.Lay
        ? new PolicyChange.SetMask(new Mask { Target = Target, Visibility = Visibility, Since = default, SetBy = Actor.Id })
        : new PolicyChange.RemoveMask(Target, Visibility);

    PolicyChange? IRequirePolicyDecision.Change => Change;

    public Purpose? Purpose => null;

    public IReadOnlyList<Ins> Patients => [Patient];

    public AccessDecisions Decisions { get; } = new();

    public PolicyPermission Permission { get; } = new();

    public IReadOnlyList<AuditRecord> Records(PolicyResult response) =>
        [PolicyLines.Ended(Attempted()[0], Permission.Decision, response as PolicyResult.Refused)];

    public IReadOnlyList<AuditRecord> Attempted() =>
        [PolicyLines.Of(Actor, Patient, PolicyLines.ActionOf(Change), PolicyLines.DetailOf(Change))];
}

internal sealed class SetMaskHandler(DossierReader reader, PolicyWriter writer, ISourceRegistry registry, TimeProvider clock)
    : IRequestHandler<SetMask, PolicyResult>
{
    private static readonly PolicyResult.Refused Unknown = new("NOT_FOUND", "MASK_TARGET_UNKNOWN");

    public async Task<PolicyResult> Handle(SetMask request, CancellationToken cancellationToken)
    {
        if (request.Permission.Decision is { Allowed: false } refused)
            return new PolicyResult.Refused(refused.Code!, refused.RuleId);
        if (request.Decisions[0] is AccessDecision.Refused unread)
            return new PolicyResult.Refused(unread.Code, unread.RuleId);
        var access = ((AccessDecision.Allowed)request.Decisions[0]).Access!;
        if (request.Target.Kind == MaskTargetKind.Source && registry.Current.Find(request.Target.Id) is null)
            return Unknown;

        IReadOnlyList<EntryOrigin> holders = [];
        if (request.Target.Kind is MaskTargetKind.Entry or MaskTargetKind.Episode)
        {
            var answer = (await reader.ReadAsync([new DossierGrant(request.Patient, access)], DossierScope.All, cancellationToken))[0];
            var fact = answer.Entries.FirstOrDefault(fact => fact.Origins.Any(origin => origin.EntryId == request.Target.Id));
            var fits = fact is not null && (request.Target.Kind == MaskTargetKind.Entry || fact.Lead.Category == EntryCategory.Encounter);
            // While a source is missing, a fact of it that was seen before may be masked all the same.
            if (!fits && (fact is not null || answer.Complete))
                return Unknown;
            holders = fact?.Origins ?? [];
        }
        return request.Act == MaskAct.Lay
            ? await LayAsync(request, holders, cancellationToken)
            : await LiftAsync(request, holders, cancellationToken);
    }

    private Task<PolicyResult> LayAsync(SetMask request, IReadOnlyList<EntryOrigin> holders, CancellationToken cancellationToken) => WriteAsync(
        request, new PolicyChange.SetMask(MaskOf(request, request.Target, holders)), cancellationToken);

    /// <summary>Every mask that names a holder goes; what a source labels by itself is lifted from then on.</summary>
    private async Task<PolicyResult> LiftAsync(SetMask request, IReadOnlyList<EntryOrigin> holders, CancellationToken cancellationToken)
    {
        var ids = holders.Select(static holder => holder.EntryId).Append(request.Target.Id).ToHashSet(StringComparer.Ordinal);
        PolicyResult result = new PolicyResult.Holds(request.Patient, request.Permission.Policy);
        foreach (var mask in request.Permission.Policy.Masks.Where(mask => !mask.Lifts && mask.Visibility == request.Visibility && Names(mask, request.Target, ids)))
        {
            result = await WriteAsync(request, new PolicyChange.RemoveMask(mask.Target, mask.Visibility), cancellationToken);
            if (result is PolicyResult.Refused)
                return result;
        }
        var labelled = request.Target.Kind == MaskTargetKind.Entry
            && holders.Any(holder => VisibilityCodes.IsAmong(holder.Entry.Confidentiality, request.Visibility));
        // A document that is away cannot be asked for its labels; one that was never labelled loses nothing by it.
        if (labelled || (request.Target.Kind == MaskTargetKind.Entry && request.Visibility == Visibility.InvisiblePatient))
        {
            var lift = MaskOf(request, request.Target, holders) with { Lifts = true };
            result = await WriteAsync(request, new PolicyChange.SetMask(lift), cancellationToken);
        }
        return result;
    }

    private static bool Names(Mask mask, MaskTarget target, HashSet<string> ids) =>
        mask.Target == target
        || (target.Kind == MaskTargetKind.Entry && mask.Target.Kind == MaskTargetKind.Entry
            && (ids.Contains(mask.Target.Id) || mask.Reach.Any(ids.Contains)));

    private Mask MaskOf(SetMask request, MaskTarget target, IReadOnlyList<EntryOrigin> holders) => new()
    {
        Target = target,
        Visibility = request.Visibility,
        Reach = [.. holders.Select(static holder => holder.EntryId).Where(id => id != target.Id).Order(StringComparer.Ordinal)],
        Since = clock.GetUtcNow(),
        SetBy = request.Actor.Id,
    };

    private Task<PolicyResult> WriteAsync(SetMask request, PolicyChange change, CancellationToken cancellationToken) =>
        writer.WriteAsync(request.Permission.Decision, request.Patient, change, request.Actor, cancellationToken);
}
