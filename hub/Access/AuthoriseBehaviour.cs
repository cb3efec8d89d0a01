using DmpFederation.Hub.Access.BreakGlass;
using DmpFederation.Hub.Access.Changes;
using DmpFederation.Hub.Access.Feeding;
using DmpFederation.Hub.Access.Traces;
using MediatR;

namespace DmpFederation.Hub.Access;

/// <summary>
/// Decides on what a request is about (patients, a patient's policy, oversight, sources) before its handler runs. Other requests pass.
/// </summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(DossierDecider decider) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is IRequireDecision required)
            required.Decisions.Make(await decider.DecideAsync(required, cancellationToken));
        if (request is IRequirePolicyDecision policy)
            await decider.DecideAsync(policy, cancellationToken);
        if (request is IRequireFeeding feeding)
            feeding.Feeding.Make(await decider.FeedingAsync(feeding.Actor, feeding.Patient, cancellationToken));
        if (request is IRequireExplanation explained)
            await decider.DecideAsync(explained, cancellationToken);
        if (request is IRequireAccessLog traces)
            await decider.DecideAsync(traces, cancellationToken);
        if (request is IRequireOversight overseen)
            overseen.Oversight.Make(Oversight.RuleFor(overseen.Actor));
        if (request is IRequireStewardship steward)
            steward.Stewardship.Make(StewardshipDecision.Decide(steward.Actor, steward.Act));
        return await next();
    }
}

/// <summary>Purpose of a query that names none (contract §4).</summary>
internal static class DefaultPurpose
{
    public static Purpose Of(ActorRole role) => role switch
    {
        ActorRole.Professional => Purpose.Treatment,
        ActorRole.Patient => Purpose.PatientRequest,
        _ => Purpose.Stewardship,
    };
}
