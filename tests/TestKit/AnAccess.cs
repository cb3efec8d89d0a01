using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;

namespace DmpFederation.TestKit;

/// <summary>The right the real rules give a reader of an open dossier.</summary>
internal static class AnAccess
{
    /// <param name="actor">The reader.</param>
    /// <param name="policy">What the patient decided; it must permit the reading.</param>
    /// <param name="birth">Birth date of the patient, for a legal representative.</param>
    public static DossierAccess Of(Actor actor, PatientPolicy policy, string? birth = null)
    {
        var question = APolicy.Question(actor, policy) with
        {
            Patient = actor.PatientIns ?? APatient.Known().Ins,
            BirthDate = birth is null ? null : DmpFederation.Sdk.FhirDate.Parse(birth),
        };
        return DossierRules.Decide(question) is AccessDecision.Allowed { Access: { } access }
            ? access
            : throw new ArgumentException("The policy of the test does not permit the reading.");
    }
}
