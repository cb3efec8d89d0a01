using System.Text.Json.Nodes;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.Insi;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>
/// Every source of the repository's <c>plugins.json</c>, living in this process and holding the same invented patients, and the hub over them.
/// Each server stands behind a <see cref="FaultProxy"/>. A test leaves it as it found it.
/// </summary>
public sealed class DrillWorld : IAsyncLifetime
{
    /// <summary>Entries of one patient in one source, for those who have many.</summary>
    internal const int Many = 10_000;

    private const int Patients = 8;

    /// <summary>The servers of the demo: source, path of the service, path of its health.</summary>
    private static readonly (string Source, Func<string[], string, WebApplication> Build, Func<string, IWorldWriter> OpenWriter, string Path, string Health)[] Servers =
    [
        (FrancheComteSystem.Name, FrancheComteSystem.Build, FrancheComteSystem.OpenWriter, "/", "/health"),
        (PicardieSystem.Name, PicardieSystem.Build, PicardieSystem.OpenWriter, PicardieSystem.BasePath + "/", PicardieSystem.BasePath + "/metadata"),
        (WebMedecinSystem.Name, static (host, folder) => WebMedecinSystem.Build(host, folder), WebMedecinSystem.OpenWriter, "/", "/sante"),
    ];

    private readonly List<WebApplication> servers = [];
    private readonly Dictionary<string, FaultProxy> proxies = [];
    private DrillHub? hub;

    /// <summary>The sources that speak HTTP.</summary>
    public static IReadOnlyList<string> HttpSources { get; } = [.. Servers.Select(static server => server.Source)];

    public string Folder { get; } = Directory.CreateTempSubdirectory("dmp-drills-").FullName;

    /// <summary>Known to every source.</summary>
    internal SyntheticPatient Patient => World[0];

    /// <summary>Another one, whom every server knows as well.</summary>
    internal SyntheticPatient Another => World.Skip(1).First(patient => HttpSources.All(
        source => patient.Facts.Any(fact => fact.Origins.Any(origin => origin.SourceId == source && origin.Visible))));

    /// <summary>Has <see cref="Many"/> boxes dispensed.</summary>
    internal SyntheticPatient ManyBoxes => Heavy[0];

    /// <summary>Has <see cref="Many"/> results in a regional server.</summary>
    internal SyntheticPatient ManyResults => Heavy[1];

    internal DrillHub Hub => hub!;

    internal string LabosFolder => Path.Combine(Folder, LabosRhoneAlpesSystem.Name);

    internal string DiabetesExports => Path.Combine(Folder, ReseauDiabeteSystem.Name);

    internal string DpDatabase => Path.Combine(Folder, DossierPharmaceutiqueSystem.Name, DossierPharmaceutiqueSystem.FileName);

    private IReadOnlyList<SyntheticPatient> World { get; } = [.. SyntheticFrance.World.Generate(2009, Patients, Today)];

    private IReadOnlyList<SyntheticPatient> Heavy { get; } = ManyFacts.Generate(Patients, Many, Today);

    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    internal FaultProxy Proxy(string source) => proxies[source];

    public async Task InitializeAsync()
    {
        Fill(DossierPharmaceutiqueSystem.OpenWriter(Path.Combine(Folder, DossierPharmaceutiqueSystem.Name), new ReferenceDay(Today)));
        Fill(LabosRhoneAlpesSystem.OpenWriter(LabosFolder));
        Fill(ReseauDiabeteSystem.OpenWriter(DiabetesExports, Today));
        Fill(InsiSystem.OpenWriter(Path.Combine(Folder, InsiSystem.Name)));
        var insi = await StartAsync(InsiSystem.Build, InsiSystem.Name);
        foreach (var server in Servers)
        {
            Fill(server.OpenWriter(Path.Combine(Folder, server.Source)));
            proxies[server.Source] = await FaultProxy.StartAsync(await StartAsync(server.Build, server.Source), server.Health);
        }
        hub = await DrillHub.StartAsync(Folder, await SourcesAsync(), insi + "/insi/");
        await hub.UntilCompleteAsync(Patient);
    }

    public async Task DisposeAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        foreach (var proxy in proxies.Values)
            await proxy.DisposeAsync();
        foreach (var server in servers)
            await server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Edits the file of sources under the running hub.</summary>
    internal void EditSources(Action<JsonArray> edit)
    {
        var path = Path.Combine(Folder, "plugins.json");
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        edit(file["sources"]!.AsArray());
        File.WriteAllText(path, file.ToJsonString());
    }

    private void Fill(IWorldWriter writer)
    {
        using (writer)
        {
            foreach (var patient in World.Concat(Heavy))
                writer.Add(patient);
        }
    }

    private async Task<string> StartAsync(Func<string[], string, WebApplication> build, string name)
    {
        var server = build(["--urls", "http://127.0.0.1:0"], Path.Combine(Folder, name));
        servers.Add(server);
        await server.StartAsync();
        return server.Urls.Single();
    }

    /// <summary>The repository's own file, pointing here: a source added there is drilled here or fails.</summary>
    private async Task<string> SourcesAsync()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(PluginOutput.Repository, "plugins.json")))!;
        foreach (var source in file["sources"]!.AsArray())
            Point(source!["id"]!.GetValue<string>(), source["settings"]!.AsObject());
        file.AsObject().Remove("$schema");
        return file.ToJsonString();
    }

    private void Point(string source, JsonObject settings)
    {
        if (proxies.TryGetValue(source, out var proxy))
            settings["baseUrl"] = proxy.Origin + Servers.Single(server => server.Source == source).Path;
        else if (source == DossierPharmaceutiqueSystem.Name)
            settings["connection"] = Reference("dp-connection", $"Data Source={DpDatabase}");
        else if (source == LabosRhoneAlpesSystem.Name)
        {
            settings["folder"] = Reference("labos-folder", LabosFolder);
            settings["scanSeconds"] = "1";
        }
        else if (source == ReseauDiabeteSystem.Name)
            settings["folder"] = Reference("diabetes-folder", DiabetesExports);
        else
            throw new InvalidOperationException($"The drills do not know the source {source}.");
    }

    private string Reference(string name, string value)
    {
        File.WriteAllText(Path.Combine(Folder, name), value);
        return "file:" + name;
    }
}
