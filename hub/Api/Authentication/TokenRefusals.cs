using System.Security.Claims;
using DmpFederation.Hub.Audit;
using Microsoft.AspNetCore.Authentication;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>
/// Writes refused tokens into the audit before the refusal leaves. A request without a token is not written down: there is nobody and nothing to name.
/// </summary>
internal sealed class TokenRefusals(IAuditTrail trail)
{
    /// <summary>Says what the client is told: the refusal, or that the audit cannot be written.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">What its claims say, when the token is believed.</param>
    public async Task<Problem> RefuseAsync(HttpContext context, Problem problem)
    {
        var result = await context.AuthenticateAsync();
        if (result.None)
            return problem;
        var refusal = result.Failure is { } fault ? ProblemMap.TokenRefused(TokenFault.CodeOf(fault)) : problem;
        var record = new AuditRecord
        {
            Action = AuditAction.TokenRefused,
            Outcome = AuditOutcome.Refused,
            Code = refusal.Code,
            Rule = refusal.Rule,
            Actor = result.Principal?.Identity is ClaimsIdentity { IsAuthenticated: true } identity ? Bearer(identity) : AuditActor.Unknown,
        };
        try
        {
            await trail.AppendAsync([record], CancellationToken.None);
            return refusal;
        }
        catch (AuditUnavailableException unavailable)
        {
            return ProblemMap.AuditUnavailable(unavailable.Code);
        }
    }

    /// <summary>The token's signature is right, so its subject is known though its role is not.</summary>
    private static AuditActor Bearer(ClaimsIdentity identity)
    {
        var claims = new TokenClaims(identity);
        return AuditActor.Unknown with
        {
            Id = claims.One("SubjectNameID") ?? claims.One("sub"),
            ClientId = claims.One("azp") ?? claims.One("client_id"),
        };
    }
}
