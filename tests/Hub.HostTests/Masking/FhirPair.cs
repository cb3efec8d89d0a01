using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DmpFederation.Hub.HostTests.Masking;

/// <summary>
/// Two FHIR servers on a real port, the whole hub over them with the real plug-in and the real stores. Every request the servers receive is written
/// down.
/// </summary>
internal sealed class FhirPair : IAsyncDisposable
{
    public static readonly Ins Patient = AnIns.Of(PatientKeySystems.InsNirTest, "279035121518989");
    public static readonly Ins Other = APatient.Number(2).Ins;

    private readonly string root = Directory.CreateTempSubdirectory("dmp-masks-").FullName;
    private WebApplication? servers;
    private WebApplication? hub;

    /// <summary>Server and path of every request, with its body.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>What each server holds: server, type, id and the resource.</summary>
    public IReadOnlyList<(string Server, string Type, string Id, string Json)> Held { get; set; } = [];

    public IPolicyStore Policies => hub!.Services.GetRequiredService<IPolicyStore>();

    public static async Task<FhirPair> StartAsync()
    {
        var pair = new FhirPair();
        try
        {
            await pair.StartServersAsync();
            await pair.StartHubAsync();
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> AskAsync(Actor actor, string query) => GraphQlQuestion.RunAsync(hub!.Services, actor, query);

    public Task ChangeAsync(Ins patient, params PolicyChange[] changes) => changes.Aggregate(
        Task.CompletedTask,
        (before, change) => AfterAsync(before, () => Policies.ApplyAsync([patient.Key], change, "patient-1", CancellationToken.None)));

    public static Consent Consent(ConsentAction action, params string[] sources) => new()
    {
        Sequence = 0,
        Action = action,
        Choice = ConsentChoice.Permit,
        Grantee = Grantee.Everyone,
        Sources = sources,
        Since = DateTimeOffset.UnixEpoch,
        CollectedBy = "patient-1",
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { hub, servers })
        {
            if (app is null)
                continue;
            await app.StopAsync();
            await app.DisposeAsync();
        }
        Directory.Delete(root, recursive: true);
    }

    private static async Task AfterAsync(Task before, Func<Task> next)
    {
        await before;
        await next();
    }

    private async Task StartServersAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        servers = builder.Build();
        servers.MapGet("/{server}/metadata", (string server) => Fhir(
            """{"resourceType":"CapabilityStatement","status":"active","kind":"instance"}"""));
        servers.MapPost("/{server}/{type}/_search", SearchAsync);
        await servers.StartAsync();
    }

    private async Task<IResult> SearchAsync(string server, string type, HttpRequest request)
    {
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        Requests.Enqueue($"{server} {type} {Uri.UnescapeDataString(body)}");
        if (type == "Patient")
        {
            var people = new[] { Patient, Other }.Where(one => body.Contains(one.Value, StringComparison.Ordinal)).Select(static one => string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"resourceType":"Patient","id":"p{{one.Value}}","identifier":[{"system":"{{one.System}}","value":"{{one.Value}}"}]}"""));
            return Fhir(Bundle(people));
        }
        return Fhir(Bundle(body.Contains(Patient.Value, StringComparison.Ordinal)
            ? Held.Where(held => held.Server == server && held.Type == type).Select(static held => held.Json)
            : []));
    }

    private static string Bundle(IEnumerable<string> resources) =>
        $$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', resources.Select(InBundle))}}]}""";

    private static string InBundle(string resource) => "{\"resource\":" + resource + ",\"search\":{\"mode\":\"match\"}}";

    private static IResult Fhir(string json) => Results.Text(json, "application/fhir+json", Encoding.UTF8);

    private async Task StartHubAsync()
    {
        var address = servers!.Urls.Single();
        string Source(string id) => $$"""
            { "id": "{{id}}", "region": "essai", "plugin": "fhir-server", "patientKeys": ["INS-NIR-TEST"],
              "settings": { "baseUrl": "{{address}}/{{id}}/", "resourceTypes": "Observation,DocumentReference,DiagnosticReport,Encounter,Condition" },
              "budget": { "timeoutMs": 60000 } }
            """;
        var file = Path.Combine(root, "plugins.json");
        await File.WriteAllTextAsync(file, $$"""{ "sources": [{{Source("north")}}, {{Source("south")}}] }""");
        hub = HubHost.Build(["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Connectors:PluginsFile"] = file,
            ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
            ["Connectors:StateFolder"] = Path.Combine(root, "state"),
            ["Identity:InsiUrl"] = "http://127.0.0.1:1/insi/",
            ["Federation:Deadline"] = "00:01:00",
            ["Logging:LogLevel:Default"] = "Warning",
        });
        await hub.StartAsync();
        var registry = hub.Services.GetRequiredService<ISourceRegistry>();
        await ConnectorsHost.Eventually(
            () => registry.Current.Sources.Count == 2 && registry.Current.Sources.All(static source => source.State == SourceState.Active),
            "both servers are active", 120);
    }
}
