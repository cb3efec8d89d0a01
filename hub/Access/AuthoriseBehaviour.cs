using MediatR;

namespace DmpFederation.Hub.Access;

/// <summary>
/// Decides on every patient of a request, or on the sources of a steward's request, before its handler runs. Other requests pass.
/// </summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(DossierDecider decider) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is IRequireDecision required)
            required.Decisions.Make(await decider.DecideAsync(required, cancellationToken));
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
