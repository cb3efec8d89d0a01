using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Feeding;
using DmpFederation.Hub.Access.Matrix;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Access.Traces;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Access;

/// <summary>Gathers what <see cref="DossierRules"/> needs: the policy of each patient, the asker's own identifiers, the law in force.</summary>
internal sealed class DossierDecider(
    IPolicyStore policies, ICertifiedIdentities identities, HabilitationMatrix matrix, IOptions<AccessOptions> options, TimeProvider clock)
{
    private AccessLaw? law;

    /// <summary>One decision per patient of the request, in its order.</summary>
    /// <exception cref="PolicyUnavailableException">Nobody can decide: nothing may be shown.</exception>
    public async ValueTask<IReadOnlyList<AccessDecision>> DecideAsync(IRequireDecision request, CancellationToken cancellationToken)
    {
        var purpose = request.Purpose ?? DefaultPurpose.Of(request.Actor.Role);
        var own = await OwnAsync(request.Actor, request.Patients, cancellationToken);
        var at = clock.GetUtcNow();
        var current = LawOn(at);
        var decisions = new AccessDecision[request.Patients.Count];
        for (var index = 0; index < decisions.Length; index++)
        {
            var patient = request.Patients[index];
            var byRole = AccessDecision.Decide(request.Actor, purpose, patient, own?.Keys ?? []);
            decisions[index] = byRole is AccessDecision.Refused ? byRole : DossierRules.Decide(new DossierQuestion
            {
                Actor = request.Actor,
                Purpose = purpose,
                Patient = patient,
                OwnKeys = own?.Keys ?? [],
                Policy = await PolicyAsync(patient, cancellationToken),
                Ticket = request.Ticket,
                BirthDate = own?.BirthDate,
                At = at,
                Law = current,
            });
        }
        return decisions;
    }

    /// <summary>Decides on a request about a patient's policy.</summary>
    /// <exception cref="PolicyUnavailableException">Nobody can decide.</exception>
    public async ValueTask DecideAsync(IRequirePolicyDecision request, CancellationToken cancellationToken)
    {
        var question = await QuestionAsync(request.Actor, request.Patient, cancellationToken);
        // Nothing is looked up about a patient who is not the asker's own.
        if (request.Actor.Role is ActorRole.Patient && PolicyRules.Decide(question, request.Change) is { Allowed: false } early)
        {
            request.Permission.Make(new DecidedPolicy(early, question.Policy));
            return;
        }
        question = question with { Policy = await PolicyAsync(request.Patient, cancellationToken) };
        var decision = request.Emergency is { } mode
            ? PolicyRules.DecideBreakGlass(question, mode)
            : PolicyRules.Decide(question, request.Change);
        request.Permission.Make(new DecidedPolicy(decision, question.Policy));
    }

    /// <summary>What somebody may write into of a patient's dossiers, now. Nothing is looked up about the patient for who writes into nobody's.</summary>
    /// <exception cref="PolicyUnavailableException">Nobody can decide.</exception>
    public async ValueTask<FeedingRight> FeedingAsync(Actor actor, Ins patient, CancellationToken cancellationToken)
    {
        var question = await QuestionAsync(actor, patient, cancellationToken);
        return new FeedingRight(
            FeedingRules.RefusalOf(actor) is null ? question with { Policy = await PolicyAsync(patient, cancellationToken) } : question);
    }

    /// <summary>
    /// Decides on a request for an explanation: the patient learns who sees what of the own dossier, the data protection officer of any, and neither
    /// sees an entry by it.
    /// </summary>
    /// <exception cref="PolicyUnavailableException">Nobody can decide.</exception>
    public async ValueTask DecideAsync(IRequireExplanation request, CancellationToken cancellationToken)
    {
        var isOfficer = request.Actor.Role == ActorRole.Dpo;
        var question = await QuestionAsync(request.Actor, request.Patient, cancellationToken);
        var byRole = AccessDecision.Decide(question.Actor, question.Purpose, question.Patient, question.OwnKeys);
        if (byRole is AccessDecision.Refused refused && !(isOfficer && request.Viewer is not null))
        {
            request.Rights.Make(DecidedExplanation.Refuse(refused));
            return;
        }
        question = question with { Policy = await PolicyAsync(request.Patient, cancellationToken) };
        var asker = isOfficer ? null : DossierRules.Decide(question);
        if (asker is AccessDecision.Refused unread)
        {
            request.Rights.Make(DecidedExplanation.Refuse(unread));
            return;
        }
        var viewer = request.Viewer is { } professional
            ? DossierRules.Decide(question with { Actor = professional, Purpose = DefaultPurpose.Of(professional.Role), OwnKeys = [] })
            : asker!;
        request.Rights.Make(new DecidedExplanation(null, viewer, (asker as AccessDecision.Allowed)?.Access));
    }

    /// <summary>Decides on a request for traces. Only the token's own identity is looked up, never the one asked about.</summary>
    public async ValueTask DecideAsync(IRequireAccessLog request, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(request.Actor, [request.Patient], cancellationToken);
        var isMinor = DossierRules.IsMinor(own?.BirthDate, options.Value.AgeOfMajority, clock.GetUtcNow());
        request.Permission.Make(AccessLogDecision.Decide(request.Actor, request.Patient, own?.Keys ?? [], isMinor));
    }

    /// <summary>
    /// The policy of the person behind an identifier. One that is not linked yet may be certified to be somebody's who is known under another.
    /// </summary>
    public async ValueTask<PatientPolicy> PolicyAsync(Ins patient, CancellationToken cancellationToken)
    {
        var policy = await policies.FindAsync(patient.Key, cancellationToken);
        if (policy.Person is not null)
            return policy;
        foreach (var key in (await identities.FindAsync(patient, cancellationToken)).OtherIns(patient))
        {
            if (await policies.FindAsync(key, cancellationToken) is { Person: not null } linked)
                return linked;
        }
        return policy;
    }

    /// <summary>The law in force; the edition of the matrix is looked up when the one before has ended.</summary>
    public AccessLaw LawOn(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        if (law is { } known && known.Matrix.HoldsOn(day))
            return known;
        var settings = options.Value;
        return law = new AccessLaw(settings.Era, settings.AuthorSeesMasked, settings.AttendingSeesMasked, settings.AgeOfMajority, matrix.On(day));
    }

    /// <summary>What is asked about one patient, before anything is known of what that patient decided.</summary>
    private async ValueTask<DossierQuestion> QuestionAsync(Actor actor, Ins patient, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(actor, [patient], cancellationToken);
        var at = clock.GetUtcNow();
        return new DossierQuestion
        {
            Actor = actor,
            Purpose = DefaultPurpose.Of(actor.Role),
            Patient = patient,
            OwnKeys = own?.Keys ?? [],
            Policy = PatientPolicy.None,
            BirthDate = own?.BirthDate,
            At = at,
            Law = LawOn(at),
        };
    }

    /// <summary>
    /// A patient may ask under an older identifier than the token's, and a representative's right ends with the child's majority. Only the token's
    /// own identity is looked up, never the one asked about: nothing in the answer, its time included, may tell whether another person exists.
    /// </summary>
    private async ValueTask<PatientTraits?> OwnAsync(Actor actor, IReadOnlyList<Ins> patients, CancellationToken cancellationToken)
    {
        if (actor is not { Role: ActorRole.Patient, PatientIns: { } own }
            || (actor.Representative is null && patients.All(patient => patient == own)))
            return null;
        return (await identities.FindAsync(own, cancellationToken)).Traits;
    }
}
