using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api.Authentication;
using Microsoft.AspNetCore.Authentication;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Who stands at the other end of a connection, and until when the token says so.</summary>
/// <param name="Actor">The asker.</param>
/// <param name="Until">When the token expires.</param>
internal sealed record LiveSession(Actor Actor, DateTimeOffset Until)
{
    // Timers cannot wait longer than about 49 days; tokens live for hours.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Is cancelled when the token expires.</summary>
    public static CancellationTokenSource Timer(LiveSession session, TimeProvider clock)
    {
        var left = session.Until - clock.GetUtcNow();
        return new CancellationTokenSource(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, clock);
    }
}

/// <summary>Reads who opens a connection that stays open.</summary>
internal sealed class LiveSessions(ActorReader actors, TokenRefusals refusals)
{
    /// <summary>By the token of the request. Exactly one of the results is not null.</summary>
    public async Task<(LiveSession? Session, Problem? Problem)> OfAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync();
        var (actor, problem) = actors.Read(result.Principal ?? new());
        if (actor is null)
            return (null, await refusals.RefuseAsync(context, problem!));
        // Tokens without an end are refused when they are validated; without one here there is no session.
        return result.Properties?.ExpiresUtc is { } until
            ? (new LiveSession(actor, until), null)
            : (null, ProblemMap.UnusableToken("EXPIRY_MISSING"));
    }

    /// <summary>
    /// By a token that came later than the request, in its <c>connection_init</c>: judged, and a refusal written down, as if it had stood in the
    /// request's header.
    /// </summary>
    public async Task<(LiveSession? Session, Problem? Problem)> OfAsync(HttpContext context, string authorization)
    {
        // A scope of its own: the scheme remembers what it said of the request without a token.
        await using var scope = context.RequestServices.CreateAsyncScope();
        var later = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = context.RequestAborted };
        (later.Request.Scheme, later.Request.Host, later.Request.Path) = (context.Request.Scheme, context.Request.Host, context.Request.Path);
        later.Request.Headers.Authorization = authorization;
        return await OfAsync(later);
    }
}
