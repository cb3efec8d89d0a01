using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DmpFederation.Hub.Cli;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.TestKit;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.HostTests.Quarantine;

/// <summary>The whole hub on a real port over a folder of its own, with real plug-ins, real files and the command line beside it.</summary>
internal sealed class RunningHub : IAsyncDisposable
{
    public const string Ins = "279035121518989";
    private const string DossierQuery =
        "query($ins: INS!) { dossier(ins: $ins) { complete sources { sourceId status reason } entries { nodes { title origins { localId } } } } }";

    private readonly TokenIssuer issuer = new();
    private readonly HttpClient client = new();
    private WebApplication? app;

    /// <summary>Its folder, and what can be installed in it.</summary>
    public ConnectorsHost Files { get; } = new();

    public RecordedLog Log { get; } = new();

    public string StateFolder => Path.Combine(Files.Root, "state");

    public string Database => Path.Combine(StateFolder, "quarantine", "quarantine.db");

    public static async Task<RunningHub> StartAsync(string plugin, string settings = "", params (string Key, string Value)[] options)
    {
        var hub = new RunningHub();
        hub.Files.Install(plugin);
        hub.WriteSource("notes", "half-reader", settings);
        await hub.StartAsync(options);
        return hub;
    }

    /// <summary>The plug-ins are named by the file, so that the command line finds them too.</summary>
    public void WriteSource(string id, string plugin, string settings = "") => File.WriteAllText(
        Files.PluginsFile,
        $$"""{ "pluginFolders": ["plugins"], "sources": [{{ConnectorsHost.SourceJson(id, plugin, settings, "\"timeoutMs\": 25000")}}] }""");

    public async Task StartAsync(params (string Key, string Value)[] options)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Connectors:PluginsFile"] = Files.PluginsFile,
            ["Connectors:BuiltInPlugins"] = Directory.CreateDirectory(Path.Combine(Files.Root, "built-in")).FullName,
            ["Connectors:StateFolder"] = StateFolder,
            ["Connectors:PollInterval"] = "00:00:00.300",
            ["Federation:Deadline"] = "00:00:25", // a busy machine is slow, and deadlines are not what is tested here
            ["Identity:InsiUrl"] = "http://127.0.0.1:1/insi/",
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        foreach (var (key, value) in options)
            settings[key] = value;
        app = OpenHub.Build([], settings);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        issuer.MakeTrusted(app.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>());
        await app.StartAsync();
        client.BaseAddress ??= new Uri(app.Urls.Single());
    }

    public async Task StopAsync()
    {
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public string Doctor => issuer.Token();

    public string Steward(string role, string? region = null) => issuer.Steward(role, region);

    public string Patient(string ins) => issuer.Patient(ins);

    public Task<string> ReadyAsync() => client.GetStringAsync(new Uri(app!.Urls.Single() + "/health/ready"));

    public async Task<JsonElement> AskAsync(string token, string query, object? variables = null)
    {
        using var response = await SendAsync(token, query, variables);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The whole response, for tests of status and headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(string token, string query, object? variables, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app!.Urls.Single() + "/graphql"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (traceParent is not null)
            request.Headers.Add("traceparent", traceParent);
        request.Content = JsonContent.Create(new { query, variables });
        return await client.SendAsync(request);
    }

    public async Task<(HttpStatusCode Status, string Text)> HealthAsync()
    {
        using var response = await client.GetAsync(new Uri(app!.Urls.Single() + "/health/ready"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The dossier of the known patient, as a doctor reads it.</summary>
    public async Task<JsonElement> DossierAsync() =>
        (await AskAsync(Doctor, DossierQuery, new { ins = Ins })).GetProperty("data").GetProperty("dossier");

    /// <summary>Reads the dossier, and waits until so many items of it are held.</summary>
    public async Task<JsonElement[]> HoldAsync(int count)
    {
        await DossierAsync();
        JsonElement[] items = [];
        await EventuallyAsync(async () => (items = await ItemsAsync()).Length >= count, $"{count} items are held");
        return items;
    }

    /// <summary>What the national operator sees.</summary>
    public async Task<JsonElement[]> ItemsAsync(string arguments = "(state: HELD)") =>
        Nodes(await AskAsync(Steward("nationalOperator"), QuarantineQuery(arguments)));

    public static JsonElement[] Nodes(JsonElement answer) =>
        [.. answer.GetProperty("data").GetProperty("quarantine").GetProperty("nodes").EnumerateArray()];

    public static string QuarantineQuery(string arguments = "") =>
        "{ quarantine" + arguments + " { hasNext endCursor beyondQuota nodes { id sourceId plugin pluginVersion code reason position localId length "
        + "storedLength firstSeen lastSeen timesSeen state lastReplay settledAt settledBy settledReason replayedEntries } } }";

    /// <summary>The command line on the same state folder.</summary>
    public async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var exit = await HubCommandLine.RunAsync(arguments, TextReader.Null, output, errors);
        return (exit, output.ToString(), errors.ToString());
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what, double seconds = 40)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(what);
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        await Files.DisposeAsync();
    }
}
