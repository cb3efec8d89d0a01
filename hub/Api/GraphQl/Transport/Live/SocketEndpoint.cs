using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>What every connection needs of the hub.</summary>
internal sealed record SocketParts(LiveSessions Sessions, LiveOperation Operation, TimeProvider Clock);

/// <summary>
/// A WebSocket on <c>/graphql</c>, by the protocol <c>graphql-transport-ws</c>. Browsers put no header on it, so the token may come in
/// <c>connection_init</c>; cookies play no part, so another site's page can do nothing with it.
/// </summary>
internal sealed class SocketEndpoint(
    SocketParts parts, LiveConnections connections, IHostApplicationLifetime lifetime, IOptions<LiveOptions> options,
    IOptions<GraphQlOptions> graphQl)
{
    public const string Protocol = "graphql-transport-ws";

    public async Task HandleAsync(HttpContext context)
    {
        using var place = connections.Enter();
        if (place is null)
        {
            await EventStreamEndpoint.RefuseAsync(context, ProblemMap.TooManyConnections(options.Value.MaxConnections));
            return;
        }
        LiveSession? session = null;
        if (context.Request.Headers.Authorization.Count > 0)
        {
            (session, var problem) = await parts.Sessions.OfAsync(context);
            if (session is null)
            {
                await EventStreamEndpoint.RefuseAsync(context, problem!);
                return;
            }
        }
        var spoken = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = spoken ? Protocol : null,
            KeepAliveInterval = options.Value.KeepAlive,
            // Pings that are not answered find a client that is gone.
            KeepAliveTimeout = options.Value.KeepAlive + options.Value.SendTimeout,
        });
        using var messages = new SocketMessages(socket, graphQl.Value.MaxBodyBytes, options.Value.SendTimeout);
        if (!spoken)
        {
            await messages.CloseAsync(SocketEnd.WrongProtocol, messages.DrainAsync());
            return;
        }
        using var connection = new SocketConnection(messages, context, parts, session, options.Value);
        await connection.RunAsync(lifetime.ApplicationStopping);
    }
}
