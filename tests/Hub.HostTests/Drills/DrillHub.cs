using System.Diagnostics;
using System.Text.Json;
using DmpFederation.Hub.Connectors.Registry;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.HostTests.Api;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.HostTests.Federation;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using DmpFederation.TestKit;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>The whole hub with its built-in plug-ins and real deadlines, over a file of sources.</summary>
internal sealed class DrillHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private DrillHub(WebApplication app) => this.app = app;

    public static async Task<DrillHub> StartAsync(SixSystems systems)
    {
        var app = OpenHub.Build(["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
        {
            ["Connectors:PluginsFile"] = systems.PluginsFile,
            ["Connectors:BuiltInPlugins"] = Path.Combine(PluginOutput.Of("hub"), "plugins"),
            ["Connectors:StateFolder"] = Path.Combine(systems.Root, "state"),
            ["Connectors:ProbeInterval"] = "00:00:00.500",
            ["Connectors:Circuit:Break"] = "00:00:00.500",
            ["Identity:InsiUrl"] = systems.InsiUrl,
            ["Logging:LogLevel:Default"] = "None",
        });
        await app.StartAsync();
        return new DrillHub(app);
    }

    public async Task<DossierAnswer> AskAsync(SyntheticPatient patient)
    {
        var ins = AnIns.Of(PatientKeySystems.InsNirTest, patient.InsNir);
        await using var scope = app.Services.CreateAsyncScope();
        var results = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new GetDossiers(AnActor.Doctor(), [ins], null, DossierScope.All), CancellationToken.None);
        return (DossierAnswer)results.Single();
    }

    public async Task<(DossierAnswer Answer, TimeSpan Took)> TimeAsync(SyntheticPatient patient)
    {
        var watch = Stopwatch.StartNew();
        var answer = await AskAsync(patient);
        return (answer, watch.Elapsed);
    }

    /// <summary>Asks until every source answers wholly: the circuits are closed and the fault is forgotten.</summary>
    public async Task<DossierAnswer> UntilCompleteAsync(SyntheticPatient patient) =>
        (await UntilAsync(patient, static answer => answer.Complete)).Answer;

    /// <summary>Asks until the answer is as wanted: what a source reads of its files in the background takes a while.</summary>
    public async Task<(DossierAnswer Answer, TimeSpan Took)> UntilAsync(SyntheticPatient patient, Func<DossierAnswer, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var (answer, took) = await TimeAsync(patient);
            if (wanted(answer))
                return (answer, took);
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException("Not as wanted: " + string.Join(
                    ", ", answer.Sources.Select(static source => $"{source.SourceId} {source.Status} {source.Reason} {source.EntryCount}")));
            }
            await Task.Delay(100);
        }
    }

    /// <summary>Puts a GraphQL document to the hub as a doctor.</summary>
    public Task<JsonElement> QueryAsync(string query) => GraphQlQuestion.RunAsync(app.Services, AnActor.Doctor(), query);

    public Task<bool> ReadmitAsync(string source) =>
        app.Services.GetRequiredService<SourceRegistry>().ReadmitAsync(source, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
