using DmpFederation.Hub.Access.Policy;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>
/// May this asker write into this patient's dossier (alimentation)? Pure. Authorisations gate consultation and not feeding, so neither a block nor a
/// missing consent stands against it; a refusal of feeding does, and so does a dossier that is not open (TD02; CSP L1111-15).
/// </summary>
internal static class FeedingRules
{
    /// <summary>Decides about one dossier of the patient: the national record, or a legacy system that a deposit flows to.</summary>
    /// <param name="question">Who asks, about whom, and what that person decided. Its purpose and ticket are not looked at.</param>
    /// <param name="sourceId">The dossier.</param>
    public static PolicyDecision Decide(DossierQuestion question, string sourceId)
    {
        if (RefusalOf(question.Actor) is { } byRole)
            return byRole;
        if (DossierRules.RefusalOf(question.Policy, question.Law.Era) is { } shut)
            return PolicyDecision.Refuse(shut.RuleId, shut.Code);
        var (permitted, rule) = ConsentRules.Decide(
            question.Policy, question.Actor, ConsentAction.Feeding, sourceId, question.At, question.Law.Era);
        return permitted ? PolicyDecision.Allow(rule) : PolicyDecision.Refuse(rule, AccessDecision.Refused.ConsentRequired);
    }

    /// <summary>Why somebody feeds nobody's dossier; null when the role does not stand against it.</summary>
    public static PolicyDecision? RefusalOf(Actor actor) => actor.Role switch
    {
        ActorRole.Professional when string.IsNullOrEmpty(actor.Profession) => PolicyDecision.Refuse(AccessRules.ProfessionalWithoutSituation),
        // A structure vouches for consultation alone: nothing that was found lets it feed so (EX_AIR-085).
        ActorRole.Professional when actor.Authentication != Authentication.Direct => PolicyDecision.Refuse(AccessRules.IndirectChangesNothing),
        ActorRole.Professional => null,
        ActorRole.Patient => PolicyDecision.Refuse(AccessRules.PatientFeedsOtherwise),
        ActorRole.Analyst => PolicyDecision.Refuse(AccessRules.AnalystNeverAPerson),
        ActorRole.RegionOperator => PolicyDecision.Refuse(AccessRules.RegionOperatorNeverADossier),
        ActorRole.NationalOperator => PolicyDecision.Refuse(AccessRules.NationalOperatorNeverADossier),
        ActorRole.Dpo => PolicyDecision.Refuse(AccessRules.DpoNoClinicalContent),
        _ => PolicyDecision.Refuse(AccessRules.Otherwise),
    };
}
