using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using MediatR;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Access.Traces;

/// <summary>Decides on a request for traces. Only the token's own identity is looked up, never the one asked about.</summary>
internal sealed class AuthoriseTraces(ICertifiedIdentities identities, IOptions<AccessOptions> options, TimeProvider clock)
    : IPipelineBehavior<ReadAccessLog, AccessLogResult>
{
    public async Task<AccessLogResult> Handle(
        ReadAccessLog request, CancellationToken cancellationToken, RequestHandlerDelegate<AccessLogResult> next)
    {
        var own = await OwnAsync(request, cancellationToken);
        var isMinor = own?.BirthDate is { } birth && birth.StartUtc.AddYears(options.Value.AgeOfMajority) > clock.GetUtcNow();
        request.Permission.Make(AccessLogDecision.Decide(request.Actor, request.Patient, own?.Keys ?? [], isMinor));
        return await next();
    }

    private async Task<PatientTraits?> OwnAsync(ReadAccessLog request, CancellationToken cancellationToken) =>
        request.Actor is { Role: ActorRole.Patient, PatientIns: { } own } && (own != request.Patient || request.Actor.Representative is not null)
            ? (await identities.FindAsync(own, cancellationToken)).Traits
            : null;
}
