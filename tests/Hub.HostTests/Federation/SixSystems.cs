using System.Text.Json.Nodes;
using DmpFederation.Hub.HostTests.Connectors;
using DmpFederation.Hub.HostTests.Secrecy;
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

namespace DmpFederation.Hub.HostTests.Federation;

/// <summary>
/// The legacy system of every source of the repository's <c>plugins.json</c>, and the national INSi: real files and real servers in this process that
/// hold the same invented patients.
/// </summary>
internal sealed class SixSystems : IAsyncDisposable
{
    private readonly Dictionary<string, WebApplication> running = [];

    private SixSystems()
    {
    }

    /// <summary>The sources that are servers.</summary>
    public static IReadOnlyList<LegacyServer> Servers { get; } =
    [
        new(FrancheComteSystem.Name, FrancheComteSystem.Build, FrancheComteSystem.OpenWriter, "/", "/health"),
        new(
            PicardieSystem.Name, PicardieSystem.Build, PicardieSystem.OpenWriter,
            PicardieSystem.BasePath + "/", PicardieSystem.BasePath + "/metadata"),
        new(WebMedecinSystem.Name, static (host, folder) => WebMedecinSystem.Build(host, folder), WebMedecinSystem.OpenWriter, "/", "/sante"),
    ];

    /// <summary>The day worlds are made for: the hub's own.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    /// <summary>Everything lies below it; gone when this ends.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("dmp-six-").FullName;

    public string LabosFolder => Path.Combine(Root, LabosRhoneAlpesSystem.Name);

    public string DiabetesExports => Path.Combine(Root, ReseauDiabeteSystem.Name);

    public string DpDatabase => Path.Combine(Root, DossierPharmaceutiqueSystem.Name, DossierPharmaceutiqueSystem.FileName);

    public string InsiUrl => Origin(InsiSystem.Name) + "/insi/";

    /// <summary>Where hubs read the sources.</summary>
    public string PluginsFile => Path.Combine(Root, "plugins.json");

    /// <summary>Fills the systems and starts the servers.</summary>
    /// <param name="patients">Enumerated once.</param>
    /// <param name="dress">Adds to a server before it starts, by its name; null for nothing.</param>
    public static async Task<SixSystems> StartAsync(IEnumerable<SyntheticPatient> patients, Action<string, WebApplication>? dress = null)
    {
        var systems = new SixSystems();
        try
        {
            systems.Fill(patients.Select(static patient =>
            {
                KnownPatients.Add(patient);
                return patient;
            }));
            await systems.StartAsync(InsiSystem.Name, InsiSystem.Build, dress);
            foreach (var server in Servers)
                await systems.StartAsync(server.Source, server.Build, dress);
            return systems;
        }
        catch
        {
            await systems.DisposeAsync();
            throw;
        }
    }

    /// <summary>Address of a server without its path.</summary>
    public string Origin(string name) => running[name].Urls.Single();

    /// <summary>Writes the repository's own file of sources, pointing here: a source added there is met here or fails.</summary>
    /// <param name="origins">Where the hub finds a server.</param>
    /// <param name="edit">Changes the entry of a source.</param>
    /// <param name="withRecord">Whether the national record stays in it, which is no legacy system.</param>
    public async Task WriteSourcesAsync(Func<string, string> origins, Action<string, JsonObject> edit, bool withRecord = false)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(PluginOutput.Repository, "plugins.json")))!;
        var sources = file["sources"]!.AsArray();
        sources.RemoveAll(source => !withRecord && IsRecord(source!));
        foreach (var source in sources)
        {
            var name = source!["id"]!.GetValue<string>();
            if (!IsRecord(source))
                Point(name, source["settings"]!.AsObject(), origins);
            edit(name, source.AsObject());
        }
        file.AsObject().Remove("$schema");
        await File.WriteAllTextAsync(PluginsFile, file.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in running.Values)
            await server.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Root, recursive: true);
    }

    private string Folder(string system) => Directory.CreateDirectory(Path.Combine(Root, system)).FullName;

    private void Fill(IEnumerable<SyntheticPatient> patients)
    {
        var writers = new List<IWorldWriter>
        {
            DossierPharmaceutiqueSystem.OpenWriter(Folder(DossierPharmaceutiqueSystem.Name), new ReferenceDay(Today)),
            LabosRhoneAlpesSystem.OpenWriter(LabosFolder),
            ReseauDiabeteSystem.OpenWriter(DiabetesExports, Today),
            InsiSystem.OpenWriter(Folder(InsiSystem.Name)),
        };
        writers.AddRange(Servers.Select(server => server.OpenWriter(Folder(server.Source))));
        try
        {
            foreach (var patient in patients)
                writers.ForEach(writer => writer.Add(patient));
        }
        finally
        {
            writers.ForEach(static writer => writer.Dispose());
        }
    }

    private async Task StartAsync(string name, Func<string[], string, WebApplication> build, Action<string, WebApplication>? dress)
    {
        var server = build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"], Folder(name));
        running.Add(name, server);
        dress?.Invoke(name, server);
        await server.StartAsync();
    }

    private void Point(string source, JsonObject settings, Func<string, string> origins)
    {
        if (Servers.FirstOrDefault(server => server.Source == source) is { } server)
            settings["baseUrl"] = origins(source) + server.Path;
        else if (source == DossierPharmaceutiqueSystem.Name)
            settings["connection"] = Reference("dp-connection", $"Data Source={DpDatabase}");
        else if (source == LabosRhoneAlpesSystem.Name)
            settings["folder"] = Reference("labos-folder", LabosFolder);
        else if (source == ReseauDiabeteSystem.Name)
            settings["folder"] = Reference("diabetes-folder", DiabetesExports);
        else
            throw new InvalidOperationException($"These tests do not know the source {source}.");
    }

    private static bool IsRecord(JsonNode source) => source["plugin"]!.GetValue<string>() == "national";

    private string Reference(string name, string value)
    {
        File.WriteAllText(Path.Combine(Root, name), value);
        return "file:" + name;
    }
}

/// <summary>A source that is a server.</summary>
/// <param name="Source">Its id.</param>
/// <param name="Build">Builds it over its folder.</param>
/// <param name="OpenWriter">Fills its folder.</param>
/// <param name="Path">Path of the service.</param>
/// <param name="Health">Path of its health.</param>
internal sealed record LegacyServer(
    string Source, Func<string[], string, WebApplication> Build, Func<string, IWorldWriter> OpenWriter, string Path, string Health);
