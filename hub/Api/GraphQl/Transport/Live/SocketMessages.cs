using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>Whole messages over a WebSocket, each bounded. One reader; senders wait for each other.</summary>
internal sealed class SocketMessages(WebSocket socket, int longest, TimeSpan patience) : IDisposable
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 32 };

    private readonly SemaphoreSlim sending = new(1);

    /// <summary>The next message; null when the client closes. Never cancelled: that would cut the connection before it can be closed.</summary>
    /// <exception cref="SocketEndException">It is too long, or no JSON text.</exception>
    /// <exception cref="WebSocketException">The client is gone.</exception>
    public async Task<JsonDocument?> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>(1_024);
        while (true)
        {
            var part = await socket.ReceiveAsync(message.GetMemory(1_024), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Advance(part.Count);
            if (message.WrittenCount > longest)
                throw new SocketEndException(SocketEnd.TooBig);
            if (!part.EndOfMessage)
                continue;
            if (part.MessageType != WebSocketMessageType.Text)
                throw new SocketEndException(SocketEnd.Invalid("not a text"));
            try
            {
                return JsonDocument.Parse(message.WrittenMemory.ToArray(), DocumentOptions);
            }
            catch (JsonException)
            {
                throw new SocketEndException(SocketEnd.Invalid("not JSON"));
            }
        }
    }

    /// <summary>Reads and drops what comes until the client closes, or is gone.</summary>
    public async Task DrainAsync()
    {
        var dropped = new byte[4_096];
        try
        {
            while ((await socket.ReceiveAsync(dropped.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone without a word.
        }
    }

    /// <param name="type">Type of the message.</param>
    /// <param name="id">Id of the operation; null for none.</param>
    /// <param name="payload">JSON; empty for none.</param>
    /// <param name="cancellationToken">Cancels the wait for other senders.</param>
    /// <exception cref="SlowClientException">The client did not take it in time; the connection is cut.</exception>
    /// <exception cref="WebSocketException">The client is gone.</exception>
    public async Task SendAsync(string type, string? id, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>(payload.Length + 128);
        using (var writer = new Utf8JsonWriter(message))
        {
            writer.WriteStartObject();
            if (id is not null)
                writer.WriteString("id", id);
            writer.WriteString("type", type);
            if (!payload.IsEmpty)
            {
                writer.WritePropertyName("payload");
                writer.WriteRawValue(payload.Span, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        await sending.WaitAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SlowClientException();
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Says why it ends, and gives the client a moment to answer; cuts it when nothing gets through.</summary>
    /// <param name="end">Why.</param>
    /// <param name="receiving">Ends when the client closed too.</param>
    public async Task CloseAsync(SocketEnd end, Task receiving)
    {
        if (end.Code is { } code && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var deadline = new CancellationTokenSource(patience);
            try
            {
                await sending.WaitAsync(deadline.Token);
                await socket.CloseOutputAsync((WebSocketCloseStatus)end.Code.Value, end.Reason, deadline.Token);
                await receiving.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception fault) when (fault is OperationCanceledException or WebSocketException)
            {
                // It cannot be closed well any more, so it is cut.
            }
        }
        socket.Abort();
    }

    public void Dispose() => sending.Dispose();
}
