using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Access.Changes;

/// <summary>What the audit keeps of a request about a patient's policy. Codes alone: no evidence, no closing reason.</summary>
internal static class PolicyLines
{
    public static AuditRecord Of(Actor actor, Ins patient, AuditAction action, string? detail) => new()
    {
        Action = action,
        Actor = AuditedActor.Of(actor),
        Patient = patient,
        Purpose = AuditCode.Of(DefaultPurpose.Of(actor.Role)),
        Detail = detail,
        Confidential = actor.IsConfidential,
    };

    /// <summary>The line with how it ended.</summary>
    public static AuditRecord Ended(AuditRecord line, PolicyDecision decision, PolicyResult.Refused? refused) =>
        (line with { Rule = decision.RuleId }).EndedAs(refused?.Code, refused?.RuleId);

    public static AuditAction ActionOf(PolicyChange? change) => change switch
    {
        null => AuditAction.PolicyRead,
        PolicyChange.Open => AuditAction.DossierOpened,
        PolicyChange.Close => AuditAction.DossierClosed,
        PolicyChange.SetMask => AuditAction.Masked,
        PolicyChange.RemoveMask => AuditAction.Unmasked,
        _ => AuditAction.ConsentChanged,
    };

    /// <summary>What was changed, in codes: <c>READING;DENY;PROFESSIONAL;8…</c>.</summary>
    public static string? DetailOf(PolicyChange? change) => change switch
    {
        PolicyChange.Record { Consent: var consent } => string.Join(
            ';',
            new[] { AuditCode.Of(consent.Action), AuditCode.Of(consent.Choice), AuditCode.Of(consent.Grantee.Kind), consent.Grantee.Id }
                .OfType<string>().Concat(consent.Sources)),
        PolicyChange.Block { Blocked: var blocked, Professional: var professional } => $"{(blocked ? "BLOCK" : "UNBLOCK")};{professional}",
        PolicyChange.DeclareAttending { Professional: var professional } => $"ATTENDING;{professional}",
        PolicyChange.DeclareMember { Member: var member } => $"CARE_TEAM;{member.Professional ?? member.Organization}",
        PolicyChange.Oppose { BreakGlass: var glass, Regulation: var regulation } => $"OPPOSITION;{glass};{regulation}",
        PolicyChange.SetMask { Mask: var mask } => MaskDetail(mask.Target, mask.Visibility),
        PolicyChange.RemoveMask { Target: var target, Visibility: var visibility } => MaskDetail(target, visibility),
        _ => null,
    };

    private static string MaskDetail(MaskTarget target, Visibility? visibility) =>
        $"{(visibility is { } one ? VisibilityCodes.Of(one) : "ALL")};{AuditCode.Of(target.Kind)};{target.Id}";
}
