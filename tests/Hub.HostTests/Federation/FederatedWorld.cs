using System.Collections.Concurrent;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.Identity;
using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.Insi;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.TestKit;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>
/// A world in its legacy systems, served by their real servers in this process, and the hub over them with the real plug-ins. Every request the
/// servers receive is written down. Time limits are wide: these tests are about what is answered, on a machine as busy as may be.
/// </summary>
internal sealed class FederatedWorld : IAsyncDisposable
{
    /// <summary>The sources of this hub.</summary>
    public static readonly IReadOnlyList<string> SourceIds = ["dp", "franche-comte", "picardie", "web-medecin", "labos-rhone-alpes", "reseau-diabete"];

    private readonly string root = Directory.CreateTempSubdirectory("dmp-federated-").FullName;
    private readonly List<WebApplication> servers = [];
    private WebApplication? hub;

    /// <summary>The day worlds of these tests are made for: the hub's own.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>System, method and path of every request, in the order of arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public string PluginsFile => Path.Combine(root, "plugins.json");

    public string InsiUrl { get; private set; } = "";

    public IServiceProvider Services => hub!.Services;

    public static async Task<FederatedWorld> StartAsync(IEnumerable<SyntheticPatient> patients)
    {
        var world = new FederatedWorld();
        try
        {
            world.Fill(patients);
            await world.StartLegacyAsync();
            await world.StartHubAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public static Ins InsOf(SyntheticPatient patient) => AnIns.Of(PatientKeySystems.InsNirTest, patient.InsNir);

    /// <summary>A doctor asks about patients, at most fifty, in one request.</summary>
    public async Task<IReadOnlyList<DossierAnswer>> AskAsync(IEnumerable<SyntheticPatient> patients)
    {
        var request = new GetDossiers(AnActor.Doctor(), [.. patients.Select(InsOf)], null, DossierScope.All);
        return [.. (await Services.GetRequiredService<IMediator>().Send(request)).Cast<DossierAnswer>()];
    }

    /// <summary>Runs a GraphQL document as somebody, past the transport and its tokens.</summary>
    public Task<JsonElement> QueryAsync(Actor actor, string query) => GraphQlQuestion.RunAsync(Services, actor, query);

    public async ValueTask DisposeAsync()
    {
        if (hub is not null)
        {
            await hub.StopAsync();
            await hub.DisposeAsync();
        }
        foreach (var server in servers)
            await server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(root, recursive: true);
    }

    private string Folder(string system) => Directory.CreateDirectory(Path.Combine(root, system)).FullName;

    private void Fill(IEnumerable<SyntheticPatient> patients)
    {
        using var dp = DossierPharmaceutiqueSystem.OpenWriter(Folder("dp"), new ReferenceDay(Today));
        using var franceComte = FrancheComteSystem.OpenWriter(Folder("franche-comte"));
        using var picardie = PicardieSystem.OpenWriter(Folder("picardie"));
        using var webMedecin = WebMedecinSystem.OpenWriter(Folder("web-medecin"));
        using var labos = LabosRhoneAlpesSystem.OpenWriter(Folder("labos-rhone-alpes"));
        using var diabetes = ReseauDiabeteSystem.OpenWriter(Folder("reseau-diabete"), Today);
        using var insi = InsiSystem.OpenWriter(Folder("insi"));
        foreach (var patient in patients)
        {
            dp.Add(patient);
            franceComte.Add(patient);
            picardie.Add(patient);
            webMedecin.Add(patient);
            labos.Add(patient);
            diabetes.Add(patient);
            insi.Add(patient);
        }
    }

    private async Task StartLegacyAsync()
    {
        var franceComte = await StartAsync("franche-comte", FrancheComteSystem.Build);
        var picardie = await StartAsync("picardie", PicardieSystem.Build);
        var webMedecin = await StartAsync("web-medecin", (args, folder) => WebMedecinSystem.Build(args, folder));
        InsiUrl = await StartAsync("insi", InsiSystem.Build) + "/insi/";
        await File.WriteAllTextAsync(
            Path.Combine(root, "dp-connection"), $"Data Source={Path.Combine(root, "dp", DossierPharmaceutiqueSystem.FileName)}");
        await File.WriteAllTextAsync(Path.Combine(root, "labos-folder"), Folder("labos-rhone-alpes"));
        await File.WriteAllTextAsync(Path.Combine(root, "diabetes-folder"), Folder("reseau-diabete"));
        const string Patient = "\"budget\": { \"timeoutMs\": 60000 }";
        await File.WriteAllTextAsync(PluginsFile, $$"""
            { "sources": [
              { "id": "dp", "region": "national", "plugin": "dossier-pharmaceutique", "patientKeys": ["INS-NIR-TEST"],
                "settings": { "connection": "file:dp-connection" }, {{Patient}} },
              { "id": "franche-comte", "region": "franche-comte", "plugin": "cda-repository", "patientKeys": ["INS-C"],
                "settings": { "baseUrl": "{{franceComte}}/" }, {{Patient}} },
              { "id": "picardie", "region": "picardie", "plugin": "fhir-server", "patientKeys": ["INS-NIR-TEST"],
                "settings": { "baseUrl": "{{picardie}}{{PicardieSystem.BasePath}}/" }, {{Patient}} },
              { "id": "web-medecin", "region": "national", "plugin": "historique-remboursements", "patientKeys": ["INS-NIR-TEST"],
                "settings": { "baseUrl": "{{webMedecin}}/" }, {{Patient}} },
              { "id": "labos-rhone-alpes", "region": "rhone-alpes", "plugin": "hprim-biologie", "patientKeys": ["INS-NIR-TEST"],
                "matchesBy": "TRAITS", "settings": { "folder": "file:labos-folder" }, {{Patient}} },
              { "id": "reseau-diabete", "region": "national", "plugin": "reseau-diabete", "patientKeys": ["INS-C"],
                "settings": { "folder": "file:diabetes-folder" }, {{Patient}} } ] }
            """);
    }

    private async Task<string> StartAsync(string system, Func<string[], string, WebApplication> build)
    {
        var server = build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"], Folder(system));
        servers.Add(server);
        server.Use(async (context, next) =>
        {
            Requests.Enqueue($"{system} {context.Request.Method} {context.Request.Path}");
            await next(context);
        });
        await server.StartAsync();
        return server.Urls.Single();
    }

    private async Task StartHubAsync()
    {
        hub = HubHost.Build(["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Connectors:PluginsFile"] = PluginsFile,
            ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
            ["Connectors:StateFolder"] = Folder("state"),
            ["Identity:InsiUrl"] = InsiUrl,
            ["Identity:InsiTimeout"] = "00:00:30",
            ["Federation:Deadline"] = "00:01:00",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        });
        await hub.StartAsync();
        var registry = Services.GetRequiredService<ISourceRegistry>();
        await ConnectorsHost.Eventually(
            () => registry.Current.Sources.Count == SourceIds.Count && registry.Current.Sources.All(source => source.State == SourceState.Active),
            $"sources not active: {string.Join(", ", registry.Current.Sources.Select(source => $"{source.Id} {source.State} {source.StateReason}"))}",
            120);
    }
}
