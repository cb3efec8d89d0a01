using DmpFederation.Hub.Api.Authentication;
using DmpFederation.Hub.Api.GraphQl.Execution;
using DmpFederation.Hub.Audit;
using GraphQL;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace DmpFederation.Hub.Api.GraphQl.Transport;

/// <summary>
/// <c>/graphql</c>: GraphQL over HTTP (specification of the GraphQL foundation, 2025). Query strings are never logged: a GET may carry an INS.
/// </summary>
internal sealed class GraphQlEndpoint(RequestReader reader, QueryRunner runner, ActorReader actors, TokenRefusals refusals)
{
    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        if (MediaTypes.Choose(context.Request.Headers.Accept) is not { } mediaType)
        {
            await RefuseAsync(response, MediaTypes.Json, ProblemMap.NotAcceptable("Accept application/graphql-response+json or application/json."));
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsGet(context.Request.Method))
        {
            response.Headers.Allow = "GET, POST";
            await RefuseAsync(response, mediaType, ProblemMap.MethodNotAllowed("Use POST, or GET for queries."));
            return;
        }

        var (actor, problem) = actors.Read(context.User);
        if (actor is null)
        {
            problem = await refusals.RefuseAsync(context, problem!);
            // The challenge names what is wrong with the token in WWW-Authenticate.
            if (problem.HttpStatus == StatusCodes.Status401Unauthorized)
                await context.ChallengeAsync();
            await RefuseAsync(response, mediaType, problem);
            return;
        }

        var (request, malformed) = await reader.ReadAsync(context.Request, context.RequestAborted);
        if (request is null)
        {
            await RefuseAsync(response, mediaType, malformed!);
            return;
        }

        using var userContext = new GraphQlUserContext(actor);
        var gate = AnswerGate.Open();
        var result = await runner.RunAsync(request, userContext, context.RequestServices, context.RequestAborted);
        if ((Unaudited(result) ?? await HeldBackAsync(gate)) is { } unaudited)
        {
            await RefuseAsync(response, mediaType, unaudited);
            return;
        }

        response.StatusCode = StatusOf(result, mediaType);
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "POST";
        response.ContentType = mediaType + "; charset=utf-8";
        AnswerWriter.Write(response.BodyWriter, result, userContext.BreakGlass);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>When one part of an answer could not be written down, no part of it is served.</summary>
    private static Problem? Unaudited(ExecutionResult result) =>
        result.Errors?.OfType<CodedError>().FirstOrDefault(static error => error.Code == ErrorCodes.AuditUnavailable)?.Problem;

    /// <summary>Waits for the lines of what was read: no byte of it has left yet.</summary>
    private static async Task<Problem?> HeldBackAsync(AnswerGate gate)
    {
        try
        {
            await gate.PassAsync();
            return null;
        }
        catch (AuditUnavailableException unavailable)
        {
            return ProblemMap.AuditUnavailable(unavailable.Code);
        }
    }

    /// <summary>In <c>application/json</c> a well-formed request is answered 200 whatever comes of it; the newer type tells by status.</summary>
    private static int StatusOf(ExecutionResult result, string mediaType)
    {
        if (result.Executed || result.Errors is not { Count: > 0 } errors)
            return StatusCodes.Status200OK;
        var status = AnswerWriter.ProblemOf(errors[0]).HttpStatus;
        return mediaType == MediaTypes.GraphQlResponse || status == StatusCodes.Status405MethodNotAllowed ? status : StatusCodes.Status200OK;
    }

    private static async Task RefuseAsync(HttpResponse response, string mediaType, Problem problem)
    {
        response.StatusCode = problem.HttpStatus;
        response.ContentType = mediaType + "; charset=utf-8";
        AnswerWriter.Write(response.BodyWriter, problem);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
