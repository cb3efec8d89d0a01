using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using DmpFederation.Hub.Api.GraphQl.Execution;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>One client that speaks <c>graphql-transport-ws</c>: its session, its operations, and how it ends.</summary>
internal sealed class SocketConnection(SocketMessages messages, HttpContext context, SocketParts parts, LiveSession? session, LiveOptions options)
    : IDisposable
{
    private const int LongestId = 200;

    private readonly TaskCompletionSource<SocketEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> operations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> running = [];
    private CancellationTokenSource? expired;
    private bool initialised;
    private bool acknowledged;

    /// <summary>Speaks with the client until one of both ends it, or the hub stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stops = stopping.Register(() => End(SocketEnd.GoingAway));
        using var late = new CancellationTokenSource(options.InitTimeout, parts.Clock);
        using var lateEnds = late.Token.Register(() =>
        {
            if (!Volatile.Read(ref initialised))
                End(SocketEnd.InitTimeout);
        });
        var receiving = ReceiveAsync();
        if (await Task.WhenAny(ended.Task, receiving) == receiving)
            End(SocketEnd.Fault); // only when it broke: it says itself why it ends well
        await ending.CancelAsync();
        await Task.WhenAll(running.Keys);
        await messages.CloseAsync(await ended.Task, receiving);
        await receiving;
        await Task.WhenAll(running.Keys);
    }

    public void Dispose()
    {
        ending.Dispose();
        expired?.Dispose();
    }

    private void End(SocketEnd end) => ended.TrySetResult(end);

    private async Task ReceiveAsync()
    {
        try
        {
            while (await TakeAsync())
            {
            }
            End(SocketEnd.Closed);
        }
        catch (Exception gone) when (gone is WebSocketException or SlowClientException or OperationCanceledException or ObjectDisposedException)
        {
            End(SocketEnd.Cut);
        }
    }

    /// <summary>
    /// Takes one message; false when the client closes. After the end what comes is read and dropped: unread bytes would have the client's own machine
    /// throw away why the hub closed.
    /// </summary>
    private async Task<bool> TakeAsync()
    {
        try
        {
            using var message = await messages.ReceiveAsync();
            if (message is not null && !ended.Task.IsCompleted)
                await HandleAsync(message.RootElement);
            return message is not null;
        }
        catch (SocketEndException wrong)
        {
            End(wrong.End);
            return true;
        }
    }

    private async Task HandleAsync(JsonElement message)
    {
        switch (Text(message, "type"))
        {
            case "connection_init":
                await InitialiseAsync(message);
                break;
            case "ping":
                await messages.SendAsync("pong", null, default, ending.Token);
                break;
            case "pong":
                break;
            case "subscribe":
                Subscribe(message);
                break;
            case "complete":
                await CompleteAsync(Id(message));
                break;
            default:
                throw new SocketEndException(SocketEnd.Invalid("unknown type"));
        }
    }

    private async Task CompleteAsync(string id)
    {
        if (!operations.TryRemove(id, out var operation))
            return;
        try
        {
            await operation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    private async Task InitialiseAsync(JsonElement message)
    {
        if (initialised)
            throw new SocketEndException(SocketEnd.InitialisedTwice);
        Volatile.Write(ref initialised, true);
        Problem? problem = null;
        if (message.TryGetProperty("payload", out var payload) && Authorization(payload) is { } authorization)
            (session, problem) = await parts.Sessions.OfAsync(context, authorization);
        if (session is null)
            throw new SocketEndException(SocketEnd.Forbidden(problem ?? ProblemMap.Unauthenticated));
        expired = LiveSession.Timer(session, parts.Clock);
        expired.Token.Register(() => End(SocketEnd.TokenExpired));
        acknowledged = true;
        await messages.SendAsync("connection_ack", null, default, ending.Token);
    }

    private void Subscribe(JsonElement message)
    {
        if (!acknowledged)
            throw new SocketEndException(SocketEnd.NotInitialised);
        var id = Id(message);
        if (!message.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
            throw new SocketEndException(SocketEnd.Invalid("'payload' must be an object"));
        var own = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        if (!operations.TryAdd(id, own))
        {
            own.Dispose();
            throw new SocketEndException(SocketEnd.SubscriberExists);
        }
        var (request, problem) = RequestReader.Read(payload);
        if (operations.Count > options.MaxOperations)
            problem = ProblemMap.TooManyOperations(options.MaxOperations);
        var task = problem is null ? RunAsync(id, request! with { Live = true }, own) : RefuseAsync(id, problem, own);
        // Kept until it ends, so that the connection outlives everything that writes to it.
        running[task] = true;
        task.ContinueWith(
            done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private Task RunAsync(string id, GraphQlRequest request, CancellationTokenSource own) => GuardedAsync(id, own, async () =>
    {
        await foreach (var answer in parts.Operation.RunAsync(request, session!.Actor, context.RequestServices, own.Token))
        {
            if (answer.IsRefused)
            {
                await RefuseAsync(id, answer, own);
                return;
            }
            await messages.SendAsync("next", id, answer.Json, own.Token);
        }
        operations.TryRemove(KeyValuePair.Create(id, own));
        await messages.SendAsync("complete", id, default, own.Token);
    });

    private Task RefuseAsync(string id, Problem problem, CancellationTokenSource own) =>
        GuardedAsync(id, own, () => RefuseAsync(id, LiveOperation.Refused(problem), own));

    private async Task RefuseAsync(string id, LiveAnswer answer, CancellationTokenSource own)
    {
        using var json = JsonDocument.Parse(answer.Json);
        operations.TryRemove(KeyValuePair.Create(id, own));
        await messages.SendAsync("error", id, JsonSerializer.SerializeToUtf8Bytes(json.RootElement.GetProperty("errors")), own.Token);
    }

    /// <summary>Nothing that happens to one operation is lost: it ended, or the connection does.</summary>
    private async Task GuardedAsync(string id, CancellationTokenSource own, Func<Task> operation)
    {
        // The reader goes on with the next message meanwhile.
        await Task.Yield();
        try
        {
            await operation();
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // The client said "complete", or the connection ends.
        }
        catch (Exception gone) when (gone is SlowClientException or WebSocketException or ObjectDisposedException)
        {
            End(SocketEnd.Cut);
        }
        catch
        {
            End(SocketEnd.Fault);
            throw;
        }
        finally
        {
            operations.TryRemove(KeyValuePair.Create(id, own));
            own.Dispose();
        }
    }

    private static string Id(JsonElement message) => Text(message, "id") is { Length: > 0 and <= LongestId } id
        ? id
        : throw new SocketEndException(SocketEnd.Invalid($"'id' must have 1 to {LongestId} characters"));

    private static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // The reader of JSON says so of half a surrogate pair, only when the text is taken out.
            return null;
        }
    }

    private static string? Authorization(JsonElement payload) =>
        Text(payload, "Authorization") ?? Text(payload, "authorization") ?? (Text(payload, "token") is { } token ? $"Bearer {token}" : null);
}
