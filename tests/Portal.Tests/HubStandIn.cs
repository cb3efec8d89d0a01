using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Portal.Tests;

/// <summary>
/// A real HTTP server that answers the portal's two questions in the shape the hub answers them. It stands in for the hub alone; the end-to-end test
/// runs the hub itself.
/// </summary>
public sealed class HubStandIn : IAsyncDisposable
{
    private readonly WebApplication app;

    private HubStandIn(WebApplication app) => this.app = app;

    /// <summary>What to answer; set by each test.</summary>
    public Func<Question, Answer> Answers { get; set; } = _ => Answer.Refusal("INTERNAL");

    /// <summary>Every question received, oldest first.</summary>
    public List<Question> Questions { get; } = [];

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");

    public static async Task<HubStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new HubStandIn(builder.Build());
        standIn.app.MapPost("/graphql", standIn.AnswerAsync);
        await standIn.app.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var variables = body!["variables"]!;
        var question = new Question(
            context.Request.Headers.Authorization.ToString(), (string)body["query"]!, (string)variables["ins"]!,
            (string?)variables["filter"]?["categories"]?[0], (string?)variables["after"]);
        lock (Questions)
            Questions.Add(question);
        var answer = Answers(question);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        await context.Response.WriteAsync(answer.Body.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web)));
    }
}

/// <summary>A question the portal put.</summary>
public sealed record Question(string Authorization, string Query, string Ins, string? Category, string? After);

/// <summary>An answer in the hub's shape.</summary>
public sealed record Answer(JsonObject Body, int Status = 200)
{
    public static Answer Refusal(string code, string? rule = null, int status = 200) => new(
        new JsonObject
        {
            ["data"] = new JsonObject { ["dossier"] = null },
            ["errors"] = new JsonArray(new JsonObject
            {
                ["message"] = "Refused.",
                ["path"] = new JsonArray("dossier"),
                ["extensions"] = new JsonObject { ["code"] = code, ["rule"] = rule },
            }),
        },
        status);
}
