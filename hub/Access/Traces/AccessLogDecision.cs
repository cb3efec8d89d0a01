using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Access.Traces;

/// <summary>May this asker read the traces of this patient's dossier?</summary>
/// <param name="Allowed">Yes or no.</param>
/// <param name="RuleId">The rule that decided.</param>
internal sealed record AccessLogDecision(bool Allowed, string RuleId)
{
    /// <summary>
    /// Decides. Pure. The patient reads their own at any time, and a legal representative the child's, less what is a secret from them; the data
    /// protection officer reads anybody's.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="patient">Whose dossier.</param>
    /// <param name="ownKeys">Every identifier certified to be the asking patient's own.</param>
    /// <param name="isMinor">True when the patient of the token is known to be a minor.</param>
    public static AccessLogDecision Decide(Actor actor, Ins patient, IReadOnlyList<PatientKey> ownKeys, bool isMinor) => actor.Role switch
    {
        ActorRole.Dpo => new(true, AccessRules.DpoReadsTraces),
        ActorRole.Patient when actor.PatientIns is null => new(false, AccessRules.PatientWithoutIns),
        ActorRole.Patient when actor.Representative is not null && !isMinor => new(false, AccessRules.NotAMinor),
        ActorRole.Patient => actor.PatientIns == patient || ownKeys.Contains(patient.Key)
            ? new(true, AccessRules.PatientReadsOwnTraces)
            : new(false, AccessRules.PatientOnlyOwn),
        _ => new(false, AccessRules.TracesForPatientAndDpo),
    };
}

/// <summary>A request for traces: it is decided on before its handler runs.</summary>
internal interface IRequireAccessLog
{
    Actor Actor { get; }

    Ins Patient { get; }

    /// <summary>Where the decision is kept for the handler.</summary>
    AccessLogPermission Permission { get; }
}

/// <summary>The decision made for one request.</summary>
internal sealed class AccessLogPermission : DecidedOnce<AccessLogDecision>
{
    public AccessLogDecision Decision => Made;
}
