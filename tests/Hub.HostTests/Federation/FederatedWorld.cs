using System.Collections.Concurrent;
using System.Text.Json;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.Identity;
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

    private SixSystems? systems;
    private WebApplication? hub;

    /// <summary>The day worlds of these tests are made for: the hub's own.</summary>
    public static DateOnly Today => SixSystems.Today;

    /// <summary>System, method and path of every request, in the order of arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public string PluginsFile => systems!.PluginsFile;

    public string InsiUrl => systems!.InsiUrl;

    public string WebMedecinUrl => systems!.Origin("web-medecin");

    /// <summary>Folder of the world; each system has its own below it.</summary>
    public string Root => systems!.Root;

    public IServiceProvider Services => hub!.Services;

    public static async Task<FederatedWorld> StartAsync(IEnumerable<SyntheticPatient> patients)
    {
        var world = new FederatedWorld();
        try
        {
            world.systems = await SixSystems.StartAsync(patients, world.WriteDown);
            await world.systems.WriteSourcesAsync(world.systems.Origin, static (_, entry) => entry["budget"]!["timeoutMs"] = 60_000);
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
        if (systems is not null)
            await systems.DisposeAsync();
    }

    private void WriteDown(string system, WebApplication server) => server.Use(async (context, next) =>
    {
        Requests.Enqueue($"{system} {context.Request.Method} {context.Request.Path}");
        await next(context);
    });

    private async Task StartHubAsync()
    {
        hub = OpenHub.Build(["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Connectors:PluginsFile"] = PluginsFile,
            ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
            ["Connectors:StateFolder"] = Path.Combine(systems!.Root, "state"),
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
