using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.HostTests.Federation;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.HostTests.Deposits;

/// <summary>The whole hub on real Kestrel over the national record and the real system of Picardie. Its patients have opened their dossiers.</summary>
public sealed class DepositingHub : IAsyncLifetime
{
    public const string Record = "dmp";
    public const string Legacy = "picardie";

    private readonly TokenIssuer issuer = new();
    private SixSystems systems = null!;
    private WebApplication hub = null!;
    private HttpClient http = null!;

    /// <summary>INS of invented people whom Picardie knows.</summary>
    public IReadOnlyList<string> Patients { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var people = World.Generate(2010, 24, SixSystems.Today).ToList();
        Patients =
        [
            .. people.Where(static person => person.Facts.Any(static fact => fact.Origins.Any(static origin => origin.SourceId == Legacy)))
                .Select(static person => person.InsNir),
        ];
        systems = await SixSystems.StartAsync(people);
        await systems.WriteSourcesAsync(
            systems.Origin,
            static (id, entry) =>
            {
                entry["budget"]!["timeoutMs"] = 60_000;
                entry["enabled"] = id is Record or Legacy;
            },
            withRecord: true);
        hub = HubHost.Build(["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Connectors:PluginsFile"] = systems.PluginsFile,
            ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
            ["Connectors:StateFolder"] = Path.Combine(systems.Root, "state"),
            ["Identity:InsiUrl"] = systems.InsiUrl,
            ["Identity:InsiTimeout"] = "00:00:30",
            ["Federation:Deadline"] = "00:01:00",
            ["Deposits:LookEvery"] = "00:00:00.500",
            ["Logging:LogLevel:Default"] = "Warning",
        });
        issuer.MakeTrusted(hub.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>());
        await hub.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(hub.Urls.Single()) };
        var registry = hub.Services.GetRequiredService<ISourceRegistry>();
        await ConnectorsHost.Eventually(
            () => registry.Current.Sources.Count(static source => source.State == SourceState.Active) == 2, "both sources are active", 120);
        var policies = hub.Services.GetRequiredService<IPolicyStore>();
        foreach (var patient in Patients)
        {
            foreach (var change in Opened)
                await policies.ApplyAsync([new PatientKey(PatientKeySystems.InsNirTest, patient)], change, "patient-1", default);
        }
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await hub.StopAsync();
        await hub.DisposeAsync();
        await systems.DisposeAsync();
    }

    public string Doctor() => issuer.Token();

    public string OtherDoctor() => issuer.Token(static token => token.Claims["SubjectNameID"] = "810100997245");

    public string Patient(string ins) => issuer.Patient(ins);

    public string Steward(string role, string? region = null) => issuer.Steward(role, region);

    /// <summary>One request over HTTP.</summary>
    public async Task<JsonElement> AskAsync(string token, string query, JsonObject variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new JsonObject { ["query"] = query, ["variables"] = variables }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Clone();
    }

    private static IEnumerable<PolicyChange> Opened =>
    [
        new PolicyChange.Open(Consent(ConsentAction.Opening)), new PolicyChange.Record(Consent(ConsentAction.Reading)),
    ];

    private static Consent Consent(ConsentAction action) => new()
    {
        Sequence = 0,
        Action = action,
        Choice = ConsentChoice.Permit,
        Grantee = Grantee.Everyone,
        Since = DateTimeOffset.UnixEpoch,
        CollectedBy = "patient-1",
    };
}
