using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;

namespace DmpFederation.Hub.Access;

/// <summary>
/// Decides on every patient of a request, or on the sources of a steward's request, before its handler runs. Other requests pass.
/// </summary>
internal sealed class AuthoriseBehaviour<TRequest, TResponse>(ICertifiedIdentities identities) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is IRequireDecision required)
            required.Decisions.Make(await DecideAsync(required, cancellationToken));
        if (request is IRequireStewardship steward)
            steward.Stewardship.Make(StewardshipDecision.Decide(steward.Actor, steward.Act));
        return await next();
    }

    private async Task<IReadOnlyList<AccessDecision>> DecideAsync(IRequireDecision request, CancellationToken cancellationToken)
    {
        var purpose = request.Purpose ?? DefaultPurpose.Of(request.Actor.Role);
        var ownKeys = await OwnKeysAsync(request, cancellationToken);
        var decisions = new AccessDecision[request.Patients.Count];
        for (var index = 0; index < decisions.Length; index++)
            decisions[index] = AccessDecision.Decide(request.Actor, purpose, request.Patients[index], ownKeys);
        return decisions;
    }

    /// <summary>
    /// A patient may ask under an older identifier than the token's. Only the patient's own identity is looked up, never the one asked
    /// about: nothing in the answer, its time included, may tell whether another person exists.
    /// </summary>
    private async Task<IReadOnlyList<PatientKey>> OwnKeysAsync(IRequireDecision request, CancellationToken cancellationToken)
    {
        if (request.Actor is not { Role: ActorRole.Patient, PatientIns: { } own } || request.Patients.All(patient => patient == own))
            return [];
        var identity = await identities.FindAsync(own, cancellationToken);
        return identity.Traits?.Keys ?? [];
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
