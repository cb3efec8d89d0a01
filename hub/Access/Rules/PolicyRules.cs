using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>May this asker change, or look at, a patient's decisions?</summary>
/// <param name="Allowed">The answer.</param>
/// <param name="RuleId">The rule that decided.</param>
/// <param name="Code">Contract §5; null when allowed.</param>
internal sealed record PolicyDecision(bool Allowed, string RuleId, string? Code)
{
    public static PolicyDecision Allow(string rule) => new(true, rule, null);

    public static PolicyDecision Refuse(string rule, string code = AccessDecision.Refused.AccessRefused) => new(false, rule, code);
}

/// <summary>
/// Who may change what of a patient's policy. Pure. The patient decides; a professional writes down what the patient decided, with what proves it,
/// for the own person or structure alone (EX_0.3-1010: the software may not tick consent itself).
/// </summary>
internal static class PolicyRules
{
    /// <param name="question">Who asks, about whom, and what that person decided so far. Its purpose and ticket are not looked at.</param>
    /// <param name="change">The change; null to look only.</param>
    public static PolicyDecision Decide(DossierQuestion question, PolicyChange? change) => question.Actor.Role switch
    {
        ActorRole.Patient => DecidePatient(question, change),
        ActorRole.Professional when change is not null => DecideProfessional(question, change),
        ActorRole.Professional => PolicyDecision.Refuse(AccessRules.PatientAlone),
        ActorRole.Analyst => PolicyDecision.Refuse(AccessRules.AnalystNeverAPerson),
        ActorRole.RegionOperator => PolicyDecision.Refuse(AccessRules.RegionOperatorNeverADossier),
        ActorRole.NationalOperator => PolicyDecision.Refuse(AccessRules.NationalOperatorNeverADossier),
        ActorRole.Dpo => PolicyDecision.Refuse(AccessRules.DpoNoClinicalContent),
        _ => PolicyDecision.Refuse(AccessRules.Otherwise),
    };

    /// <summary>May this professional open a break-glass access of a mode?</summary>
    public static PolicyDecision DecideBreakGlass(DossierQuestion question, EmergencyMode mode)
    {
        var (actor, policy) = (question.Actor, question.Policy);
        if (actor.Role != ActorRole.Professional)
            return PolicyDecision.Refuse(AccessRules.NoTicketForRole);
        if (DecideProfessionalAtAll(question) is { } refusal)
            return refusal;
        if (!question.Law.Matrix.Of(actor.Profession).AllowsAnything)
            return PolicyDecision.Refuse(AccessRules.NotInMatrix);
        if (policy.State != DossierState.Open)
        {
            var closed = policy.State == DossierState.Closed ? AccessRules.DossierClosed : AccessRules.DossierNeverOpened;
            return PolicyDecision.Refuse(closed, AccessDecision.Refused.DossierNotOpen);
        }
        return DossierRules.EmergencyRefusal(policy, actor, mode) is { } opposed
            ? PolicyDecision.Refuse(opposed.RuleId, opposed.Code)
            : PolicyDecision.Allow(AccessRules.ProfessionalOpensTicket);
    }

    private static PolicyDecision DecidePatient(DossierQuestion question, PolicyChange? change)
    {
        var byRole = AccessDecision.Decide(question.Actor, Purpose.PatientRequest, question.Patient, question.OwnKeys);
        if (byRole is AccessDecision.Refused)
            return PolicyDecision.Refuse(byRole.RuleId);
        if (question.Actor.Representative is not null && !DossierRules.IsMinor(question))
            return PolicyDecision.Refuse(AccessRules.NotAMinor);
        // It waits for the consultation d'annonce: who must not see it yet neither sets nor lifts it.
        if (change is PolicyChange.SetMask { Mask.Visibility: Visibility.InvisiblePatient }
            or PolicyChange.RemoveMask { Visibility: Visibility.InvisiblePatient })
            return PolicyDecision.Refuse(AccessRules.PatientSetsNoInvisibility);
        // What the minor hides from the representatives is not theirs to lift, and to set it they would have to see it.
        if (question.Actor.Representative is not null
            && change is PolicyChange.SetMask { Mask.Visibility: Visibility.InvisibleRepresentantsLegaux }
                or PolicyChange.RemoveMask { Visibility: null or Visibility.InvisibleRepresentantsLegaux })
            return PolicyDecision.Refuse(AccessRules.PatientAlone);
        return change is PolicyChange.OpenTicket or PolicyChange.Extend
            ? PolicyDecision.Refuse(AccessRules.NoTicketForRole)
            : PolicyDecision.Allow(AccessRules.PatientChangesOwn);
    }

    private static PolicyDecision DecideProfessional(DossierQuestion question, PolicyChange change)
    {
        if (DecideProfessionalAtAll(question) is { } refusal)
            return refusal;
        var actor = question.Actor;
        if (actor.Authentication != Authentication.Direct)
            return PolicyDecision.Refuse(AccessRules.IndirectChangesNothing);
        return change switch
        {
            PolicyChange.Open { Consent: var consent } => Collected(consent.Evidence),
            PolicyChange.Record { Consent: var consent } => IsOwn(consent.Grantee, actor)
                ? Collected(consent.Evidence)
                : PolicyDecision.Refuse(AccessRules.OwnGranteeOnly),
            PolicyChange.DeclareMember { Member: var member } => IsSelf(member, actor)
                ? PolicyDecision.Allow(AccessRules.CareTeamSelf)
                : PolicyDecision.Refuse(AccessRules.OwnGranteeOnly),
            PolicyChange.SetMask or PolicyChange.RemoveMask => ReadsDossier(question),
            _ => PolicyDecision.Refuse(AccessRules.PatientAlone),
        };
    }

    private static PolicyDecision? DecideProfessionalAtAll(DossierQuestion question)
    {
        if (string.IsNullOrEmpty(question.Actor.Profession))
            return PolicyDecision.Refuse(AccessRules.ProfessionalWithoutSituation);
        return question.Policy.Blocked.Any(blocked => ProfessionalId.Same(blocked, question.Actor.Id))
            ? PolicyDecision.Refuse(AccessRules.Blocked)
            : null;
    }

    /// <summary>Who masks must be allowed to read; a break-glass access is none for that.</summary>
    private static PolicyDecision ReadsDossier(DossierQuestion question) =>
        DossierRules.Decide(question with { Purpose = Purpose.Treatment, Ticket = null }) switch
        {
            AccessDecision.Refused refused => PolicyDecision.Refuse(refused.RuleId, refused.Code),
            _ => PolicyDecision.Allow(AccessRules.ProfessionalMasks),
        };

    private static PolicyDecision Collected(string? evidence) => string.IsNullOrWhiteSpace(evidence)
        ? PolicyDecision.Refuse(AccessRules.EvidenceMissing)
        : PolicyDecision.Allow(AccessRules.ProfessionalCollects);

    private static bool IsOwn(Grantee grantee, Actor actor) => grantee.Kind switch
    {
        GranteeKind.Professional => grantee.Id is { } person && ProfessionalId.Same(person, actor.Id),
        GranteeKind.Organization => grantee.Id is { } organization && organization == actor.OrganizationId,
        _ => false,
    };

    private static bool IsSelf(CareTeamMember member, Actor actor) => member.Professional is { } person
        ? ProfessionalId.Same(person, actor.Id)
        : member.Organization is { } organization && organization == actor.OrganizationId;
}
