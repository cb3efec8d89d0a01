using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Bounds of connections that stay open. All are on by default.</summary>
internal sealed class LiveOptions
{
    public const string Section = "GraphQl:Live";

    /// <summary>Connections open at the same time on this node, WebSockets and event streams together. Default 1,000.</summary>
    [Range(1, 100_000)] public int MaxConnections { get; set; } = 1_000;

    /// <summary>Operations of one WebSocket running at the same time. Default 20.</summary>
    [Range(1, 1_000)] public int MaxOperations { get; set; } = 20;

    /// <summary>Answers of one operation that may wait for a slow client; one more ends its connection. Default 16.</summary>
    [Range(1, 1_000)] public int MaxWaiting { get; set; } = 16;

    /// <summary>Longest wait for a client to say <c>connection_init</c>. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan InitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a client to take one message; then its connection is cut. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between signs of life on a quiet connection. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
