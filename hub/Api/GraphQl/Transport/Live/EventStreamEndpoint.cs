using System.Text;
using DmpFederation.Hub.Api.GraphQl.Execution;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DmpFederation.Hub.Api.GraphQl.Transport.Live;

/// <summary>
/// <c>/graphql/stream</c>: one operation a request, its answers as server-sent events (protocol of graphql-sse, "distinct connections mode").
/// </summary>
internal sealed class EventStreamEndpoint(
    RequestReader reader, LiveOperation operation, LiveSessions sessions, LiveConnections connections, IHostApplicationLifetime lifetime,
    IOptions<LiveOptions> options)
{
    public const string EventStream = "text/event-stream";

    private static readonly byte[] Next = Encoding.UTF8.GetBytes("event: next\ndata: ");
    private static readonly byte[] Complete = Encoding.UTF8.GetBytes("event: complete\ndata: \n\n");
    private static readonly byte[] EndOfEvent = "\n\n"u8.ToArray();

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var (request, session, problem) = await ReadAsync(context);
        using var place = problem is null ? connections.Enter() : null;
        if (place is null)
        {
            await RefuseAsync(context, problem ?? ProblemMap.TooManyConnections(options.Value.MaxConnections));
            return;
        }
        try
        {
            await StreamAsync(context, request! with { Live = true }, session!);
        }
        catch (SlowClientException)
        {
            context.Abort();
        }
    }

    public static async Task RefuseAsync(HttpContext context, Problem problem)
    {
        // The challenge names what is wrong with the token in WWW-Authenticate.
        if (problem.HttpStatus == StatusCodes.Status401Unauthorized)
            await context.ChallengeAsync();
        context.Response.StatusCode = problem.HttpStatus;
        context.Response.ContentType = MediaTypes.Json + "; charset=utf-8";
        AnswerWriter.Write(context.Response.BodyWriter, problem);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task<(GraphQlRequest? Request, LiveSession? Session, Problem? Problem)> ReadAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, POST";
            return (null, null, ProblemMap.MethodNotAllowed("Use POST, or GET for queries and subscriptions."));
        }
        if (!Accepts(context.Request.Headers.Accept))
            return (null, null, ProblemMap.NotAcceptable($"Accept {EventStream}."));
        var (session, refused) = await sessions.OfAsync(context);
        if (session is null)
            return (null, null, refused);
        var (request, malformed) = await reader.ReadAsync(context.Request, context.RequestAborted);
        return (request, session, malformed);
    }

    private async Task StreamAsync(HttpContext context, GraphQlRequest request, LiveSession session)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        using var expired = LiveSession.Timer(session, clock);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, lifetime.ApplicationStopping, context.RequestAborted);
        context.Response.ContentType = EventStream + "; charset=utf-8";
        using var writer = new EventStreamWriter(context, options.Value);
        await context.Response.StartAsync(ends.Token);
        var beating = writer.BeatAsync(clock, ends.Token);
        try
        {
            await foreach (var answer in operation.RunAsync(request, session.Actor, context.RequestServices, ends.Token))
                await writer.WriteAsync(Next, answer.Json, EndOfEvent);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The token expired, the hub stops, or the client is gone: nothing more comes.
        }
        finally
        {
            await ends.CancelAsync();
            await beating;
        }
        if (!context.RequestAborted.IsCancellationRequested)
            await writer.WriteAsync(Complete);
    }

    private static bool Accepts(Microsoft.Extensions.Primitives.StringValues accept) =>
        accept.Count == 0 || (MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            && ranges.Any(static range => (range.Quality ?? 1) > 0 && new MediaTypeHeaderValue(EventStream).IsSubsetOf(range)));
}
