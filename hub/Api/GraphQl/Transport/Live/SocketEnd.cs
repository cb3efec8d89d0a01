namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Why a WebSocket ends (close codes of <c>graphql-transport-ws</c> and RFC 6455).</summary>
/// <param name="Code">Close code; null to cut the connection, because nothing gets through any more.</param>
/// <param name="Reason">For the developer of the client; never what the client sent.</param>
internal sealed record SocketEnd(int? Code, string Reason)
{
    public static SocketEnd Closed { get; } = new(1000, "");

    public static SocketEnd GoingAway { get; } = new(1001, "The hub stops");

    public static SocketEnd TooBig { get; } = new(1009, "Message too long");

    public static SocketEnd Fault { get; } = new(1011, "Internal error");

    public static SocketEnd Cut { get; } = new(null, "");

    public static SocketEnd NotInitialised { get; } = new(4401, "Unauthorized");

    public static SocketEnd TokenExpired { get; } = new(4403, "Forbidden: TOKEN_EXPIRED");

    public static SocketEnd WrongProtocol { get; } = new(4406, "Subprotocol not acceptable");

    public static SocketEnd InitTimeout { get; } = new(4408, "Connection initialisation timeout");

    public static SocketEnd InitialisedTwice { get; } = new(4429, "Too many initialisation requests");

    public static SocketEnd Invalid(string what) => new(4400, $"Invalid message: {what}");

    public static SocketEnd Forbidden(Problem problem) => new(4403, $"Forbidden: {problem.Rule ?? problem.Code}");

    public static SocketEnd SubscriberExists { get; } = new(4409, "Subscriber for this id already exists");
}

/// <summary>The client did something the protocol ends the connection for.</summary>
internal sealed class SocketEndException(SocketEnd end) : Exception(end.Reason)
{
    public SocketEnd End { get; } = end;
}
