using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>A server that answers what a test tells it to, over real HTTP.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly List<string> requests = [];

    private ScriptedServer(WebApplication server) => this.server = server;

    public string Origin => server.Urls.Single();

    public string BaseUrl => Origin + "/fhir/";

    /// <summary>Method and path with query of every request, in order.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var scripted = new ScriptedServer(app);
        app.Run(async http =>
        {
            var path = http.Request.Path.Value!["/fhir/".Length..];
            lock (scripted.requests)
                scripted.requests.Add($"{http.Request.Method} {path}{http.Request.QueryString}");
            await answer(http, path);
        });
        await app.StartAsync();
        return scripted;
    }

    /// <summary>
    /// A server that knows one patient, <c>Patient/1</c>, holds Observations only, and leaves how these are answered to the test: the first
    /// request is the search, later ones are whatever links were given.
    /// </summary>
    public static Task<ScriptedServer> WithObservationsAsync(Func<HttpContext, string, Task> answer) => StartAsync((http, path) => path switch
    {
        "metadata" => Bundles.WriteAsync(http, Bundles.Capabilities("Observation")),
        "Patient/_search" => Bundles.WriteAsync(http, Bundles.SearchSet([Bundles.Patient("1", Bundles.Key.System, Bundles.Key.Value)])),
        _ => answer(http, path),
    });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }
}

/// <summary>Small FHIR texts for the scripts.</summary>
internal static class Bundles
{
    public static Sdk.PatientKey Key { get; } = new(Sdk.PatientKeySystems.InsNirTest, "279035121518989");

    public static Task WriteAsync(HttpContext http, string body)
    {
        http.Response.ContentType = "application/fhir+json";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }

    public static string Patient(string id, string system, string value, string type = "INS-NIR-TEST") =>
        $$$$"""
        {"resourceType":"Patient","id":"{{{{id}}}}","identifier":[{"type":{"coding":[{"code":"{{{{type}}}}"}]},"system":"{{{{system}}}}","value":"{{{{value}}}}"}]}
        """;

    public static string Observation(string id, string patient = "Patient/1", string status = "final") =>
        $$$$"""
        {"resourceType":"Observation","id":"{{{{id}}}}","status":"{{{{status}}}}","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"HbA1c"}]},"subject":{"reference":"{{{{patient}}}}"},"effectiveDateTime":"2009-03-12","valueQuantity":{"value":7.4,"unit":"%"}}
        """;

    public static string SearchSet(IEnumerable<string> resources, string? next = null, string mode = "match")
    {
        var link = next is null ? "" : ",\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}]";
        var entries = resources.Select(resource => "{\"resource\":" + resource + ",\"search\":{\"mode\":\"" + mode + "\"}}");
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"" + link + ",\"entry\":[" + string.Join(',', entries) + "]}";
    }

    public static string Capabilities(params string[] types)
    {
        var resources = types.Select(type => "{\"type\":\"" + type + "\",\"searchParam\":[{\"name\":\"patient\",\"type\":\"reference\"}]}");
        return "{\"resourceType\":\"CapabilityStatement\",\"rest\":[{\"mode\":\"server\",\"resource\":[" + string.Join(',', resources) + "]}]}";
    }
}
