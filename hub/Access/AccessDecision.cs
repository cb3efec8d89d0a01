using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access;

/// <summary>May this asker read this patient's dossier? The family is closed. <see cref="DossierRules"/> decides.</summary>
internal abstract record AccessDecision
{
    private AccessDecision(string ruleId) => RuleId = ruleId;

    /// <summary>The rule that decided, such as <c>ACC-110</c>; README.md explains each.</summary>
    public string RuleId { get; }

    /// <summary>Allowed.</summary>
    internal sealed record Allowed(string Rule) : AccessDecision(Rule)
    {
        /// <summary>What the right opens, source by source and entry by entry; null where only the role was looked at.</summary>
        public DossierAccess? Access { get; init; }
    }

    /// <summary>Refused.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Code">Contract §5.</param>
    internal sealed record Refused(string Rule, string Code = Refused.AccessRefused) : AccessDecision(Rule)
    {
        public const string AccessRefused = "ACCESS_REFUSED";
        public const string ConsentRequired = "CONSENT_REQUIRED";
        public const string DossierNotOpen = "DOSSIER_NOT_OPEN";
        public const string BreakGlassRefused = "BREAK_GLASS_REFUSED";
    }

    /// <summary>
    /// Decides by role and purpose alone, the first of the steps of <see cref="DossierRules"/>. Pure. What no rule allows is refused.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="purpose">Why.</param>
    /// <param name="patient">Whose dossier.</param>
    /// <param name="ownKeys">
    /// Every identifier certified to be the asking patient's own, for a patient who asks under another one than the token carries. Empty for
    /// other roles.
    /// </param>
    public static AccessDecision Decide(Actor actor, Purpose purpose, Ins patient, IReadOnlyList<PatientKey> ownKeys) => actor.Role switch
    {
        ActorRole.Analyst => new Refused(AccessRules.AnalystNeverAPerson),
        ActorRole.RegionOperator => new Refused(AccessRules.RegionOperatorNeverADossier),
        ActorRole.NationalOperator => new Refused(AccessRules.NationalOperatorNeverADossier),
        ActorRole.Dpo => new Refused(AccessRules.DpoNoClinicalContent),
        ActorRole.Patient => DecidePatient(actor, purpose, patient, ownKeys),
        ActorRole.Professional => DecideProfessional(actor, purpose),
        _ => new Refused(AccessRules.Otherwise),
    };

    private static AccessDecision DecidePatient(Actor actor, Purpose purpose, Ins patient, IReadOnlyList<PatientKey> ownKeys)
    {
        if (purpose != Purpose.PatientRequest)
            return new Refused(AccessRules.PatientPurpose);
        if (actor.PatientIns is not { } own)
            return new Refused(AccessRules.PatientWithoutIns);
        return own == patient || ownKeys.Contains(patient.Key)
            ? new Allowed(AccessRules.PatientReadsOwn)
            : new Refused(AccessRules.PatientOnlyOwn);
    }

    private static AccessDecision DecideProfessional(Actor actor, Purpose purpose)
    {
        if (purpose is not (Purpose.Treatment or Purpose.Emergency))
            return new Refused(AccessRules.ProfessionalPurpose);
        return string.IsNullOrEmpty(actor.Profession)
            ? new Refused(AccessRules.ProfessionalWithoutSituation)
            : new Allowed(AccessRules.ProfessionalInSituation);
    }
}
