using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>Which law decides what silence means.</summary>
internal enum AccessEra
{
    /// <summary>Explicit consent to opening and to each professional or structure (law of 13 August 2004, pilots of 2009 and 2010). The default.</summary>
    ExplicitConsent,

    /// <summary>As before, but the declared équipe de soins is presumed to be allowed to read (CSP L1110-4, since 2016).</summary>
    CareTeamPresumed,

    /// <summary>The dossier is open unless opposed, the équipe de soins is presumed (CSP L1111-14 and L1111-17, since 2022).</summary>
    OpenUnlessOpposed,
}

/// <summary>
/// Whether a consent permits something. Pure. A permission holds unless a later refusal, or one that is more precise, applies to the same
/// professional and dossier: doubt is for the patient.
/// </summary>
internal static class ConsentRules
{
    /// <param name="policy">The patient's policy.</param>
    /// <param name="actor">The professional.</param>
    /// <param name="action">What for.</param>
    /// <param name="sourceId">The dossier; null asks whether it is permitted for any.</param>
    /// <param name="at">When.</param>
    /// <param name="era">The law.</param>
    /// <returns>The rule that permits, or the rule that refuses.</returns>
    public static (bool Permitted, string RuleId) Decide(
        PatientPolicy policy, Actor actor, ConsentAction action, string? sourceId, DateTimeOffset at, AccessEra era)
    {
        if (sourceId is not null)
            return DecideFor(policy, actor, action, sourceId, at, era);
        // Any dossier: those that consents name, and one that none names.
        var decision = DecideFor(policy, actor, action, "", at, era);
        for (var index = 0; index < policy.Consents.Count && !decision.Permitted; index++)
        {
            foreach (var source in policy.Consents[index].Sources)
            {
                if (DecideFor(policy, actor, action, source, at, era) is { Permitted: true } permitted)
                    return permitted;
            }
        }
        return decision;
    }

    /// <summary>True when a professional belongs to the declared care team at a moment.</summary>
    public static bool IsInCareTeam(PatientPolicy policy, Actor actor, DateTimeOffset at)
    {
        for (var index = 0; index < policy.CareTeam.Count; index++)
        {
            var member = policy.CareTeam[index];
            if (member.Since <= at && (member.Until is not { } until || at < until)
                && (member.Professional is { } person ? ProfessionalId.Same(person, actor.Id)
                    : member.Organization is { } organization && organization == actor.OrganizationId))
                return true;
        }
        return false;
    }

    public static bool IsAttending(PatientPolicy policy, Actor actor) =>
        policy.AttendingPhysician is { } attending && ProfessionalId.Same(attending, actor.Id);

    private static (bool Permitted, string RuleId) DecideFor(
        PatientPolicy policy, Actor actor, ConsentAction action, string sourceId, DateTimeOffset at, AccessEra era)
    {
        var consents = policy.Consents;
        for (var index = consents.Count - 1; index >= 0; index--)
        {
            var permission = consents[index];
            if (permission.Choice == ConsentChoice.Permit && Applies(permission, policy, actor, action, sourceId, at)
                && !IsRefused(permission, policy, actor, action, sourceId, at))
                return (true, RuleOf(permission.Grantee.Kind));
        }
        if (HasRefusal(policy, actor, action, sourceId, at))
            return (false, AccessRules.ConsentRefused);
        if (IsAttending(policy, actor))
            return (true, AccessRules.AttendingPhysician);
        if (era != AccessEra.ExplicitConsent && IsInCareTeam(policy, actor, at))
            return (true, AccessRules.CareTeamPresumed);
        // Authorisations gate consultation; feeding an open dossier is refused by a refusal alone (TD02).
        return action == ConsentAction.Feeding ? (true, AccessRules.FeedingNotOpposed) : (false, AccessRules.ConsentMissing);
    }

    private static bool IsRefused(
        Consent permission, PatientPolicy policy, Actor actor, ConsentAction action, string sourceId, DateTimeOffset at)
    {
        for (var index = 0; index < policy.Consents.Count; index++)
        {
            var refusal = policy.Consents[index];
            if (refusal.Choice == ConsentChoice.Deny && Applies(refusal, policy, actor, action, sourceId, at)
                && (refusal.Sequence > permission.Sequence || refusal.Grantee.Kind > permission.Grantee.Kind
                    || (refusal.Sources.Count > 0 && permission.Sources.Count == 0)))
                return true;
        }
        return false;
    }

    private static bool HasRefusal(PatientPolicy policy, Actor actor, ConsentAction action, string sourceId, DateTimeOffset at)
    {
        for (var index = 0; index < policy.Consents.Count; index++)
        {
            if (policy.Consents[index].Choice == ConsentChoice.Deny && Applies(policy.Consents[index], policy, actor, action, sourceId, at))
                return true;
        }
        return false;
    }

    private static bool Applies(Consent consent, PatientPolicy policy, Actor actor, ConsentAction action, string sourceId, DateTimeOffset at) =>
        consent.Action == action && consent.HoldsAt(at) && (consent.Sources.Count == 0 || consent.Sources.Contains(sourceId))
        && consent.Grantee.Kind switch
        {
            GranteeKind.Everyone => true,
            GranteeKind.Profession => consent.Grantee.Id == actor.Profession,
            GranteeKind.CareTeam => IsInCareTeam(policy, actor, at),
            GranteeKind.Organization => consent.Grantee.Id is { } organization && organization == actor.OrganizationId,
            GranteeKind.Professional => consent.Grantee.Id is { } person && ProfessionalId.Same(person, actor.Id),
            // What is not known permits nothing and refuses everything.
            _ => consent.Choice == ConsentChoice.Deny,
        };

    private static string RuleOf(GranteeKind grantee) => grantee switch
    {
        GranteeKind.Professional => AccessRules.ConsentToProfessional,
        GranteeKind.Organization => AccessRules.ConsentToOrganization,
        GranteeKind.CareTeam => AccessRules.ConsentToCareTeam,
        GranteeKind.Profession => AccessRules.ConsentToProfession,
        _ => AccessRules.ConsentToEveryone,
    };
}
