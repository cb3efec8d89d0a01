using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.Drip;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.Plugins.CdaRepository;
using DmpFederation.Plugins.DossierPharmaceutique;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Plugins.HistoriqueRemboursements;
using DmpFederation.Plugins.HprimBiologie;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Plugins.Tests.World;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;

namespace DmpFederation.Plugins.Tests.Drip;

/// <summary>A small world in its six legacy systems, the connector of each, and the drip over them.</summary>
internal sealed class LivingLegacy : IAsyncDisposable
{
    public const int Patients = 25;

    private readonly string data = Directory.CreateTempSubdirectory("drip-tests-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly List<WebApplication> servers = [];
    private readonly StringWriter complaints = new();
    private HttpClient? webMedecin;

    private LivingLegacy() => World = new WorldFile(data, 2009, Patients, Today);

    public static DateOnly Today { get; } = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public WorldFile World { get; }

    public string Data => data;

    /// <summary>What the drip said on the error stream.</summary>
    public string Complaints => complaints.ToString();

    public Dictionary<string, ISourceConnector> Connectors { get; } = [];

    public static async Task<LivingLegacy> StartAsync()
    {
        var legacy = new LivingLegacy();
        LegacySystem[] systems =
        [
            new(DossierPharmaceutiqueSystem.Name, (folder, day) => DossierPharmaceutiqueSystem.OpenWriter(folder, new ReferenceDay(day))),
            new(FrancheComteSystem.Name, (folder, _) => FrancheComteSystem.OpenWriter(folder), FrancheComteSystem.Build),
            new(PicardieSystem.Name, (folder, _) => PicardieSystem.OpenWriter(folder), PicardieSystem.Build),
            new(WebMedecinSystem.Name, (folder, _) => WebMedecinSystem.OpenWriter(folder), (host, folder) => WebMedecinSystem.Build(host, folder)),
            new(LabosRhoneAlpesSystem.Name, (folder, _) => LabosRhoneAlpesSystem.OpenWriter(folder)),
            new(ReseauDiabeteSystem.Name, ReseauDiabeteSystem.OpenWriter),
        ];
        await WorldGeneration.WriteAsync(systems, legacy.data, legacy.World.Seed, Patients, Today, CancellationToken.None);
        var addresses = new Dictionary<string, string>();
        foreach (var system in systems.Where(static system => system.Build is not null))
        {
            string[] host = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"];
            var server = system.Build!(host, Path.Combine(legacy.data, system.Name));
            legacy.servers.Add(server);
            await server.StartAsync();
            addresses[system.Name] = server.Urls.Single();
        }

        legacy.webMedecin = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(addresses[WebMedecinSystem.Name]) };
        legacy.Open(new DossierPharmaceutiquePlugin(), "dp", PatientKeySystems.InsNirTest, "connection", $"Data Source={legacy.DpFile}");
        legacy.Open(new CdaRepositoryPlugin(), "franche-comte", PatientKeySystems.InsC, "baseUrl", addresses["franche-comte"] + "/");
        legacy.Open(
            new FhirServerPlugin(), "picardie", PatientKeySystems.InsNirTest, "baseUrl", addresses["picardie"] + PicardieSystem.BasePath + "/");
        legacy.Open(new HistoriqueRemboursementsPlugin(), "web-medecin", PatientKeySystems.InsNirTest, "baseUrl", addresses["web-medecin"] + "/");
        legacy.Open(
            new HprimBiologiePlugin(), "labos-rhone-alpes", PatientKeySystems.InsNirTest, "folder", Path.Combine(legacy.data, "labos-rhone-alpes"));
        legacy.Open(new ReseauDiabetePlugin(), "reseau-diabete", PatientKeySystems.InsC, "folder", Path.Combine(legacy.data, "reseau-diabete"));
        return legacy;
    }

    public string DpFile => Path.Combine(data, "dp", DossierPharmaceutiqueSystem.FileName);

    /// <summary>Lets events happen as fast as can be, with the doors as a test wants them.</summary>
    public async Task<long> LiveAsync(ChangeStore changes, long events, Func<ILegacyDoor, ILegacyDoor>? through = null)
    {
        using var truth = new TruthLedger(data, TimeProvider.System);
        var doors = DripCommands.Doors(data, webMedecin!, TimeProvider.System).Select(door => through?.Invoke(door) ?? door).ToList();
        return await new LegacySystems.Drip.Drip(World.Living(changes), changes, truth, doors, TimeProvider.System, complaints)
            .RunAsync(TimeSpan.Zero, events, CancellationToken.None);
    }

    /// <summary>Local ids a connector yields of a patient.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string source, SyntheticPatient patient)
    {
        var key = source is "franche-comte" or "reseau-diabete"
            ? new PatientKey(PatientKeySystems.InsC, patient.InsC)
            : new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir);
        var request = new ReadRequest([new PatientQuery(key, CertifiedTraits.Of(patient))]);
        return await Connectors[source].ReadAsync(request, CancellationToken.None)
            .OfType<DossierEntry>().Select(static entry => entry.LocalId).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in Connectors.Values)
            await connector.DisposeAsync();
        foreach (var server in servers)
            await server.DisposeAsync();
        webMedecin?.Dispose();
        http.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    private void Open(IConnectorPlugin plugin, string source, string keySystem, string setting, string value) =>
        Connectors.Add(source, plugin.Open(new SourceContext
        {
            SourceId = source,
            Settings = new SourceSettings(new Dictionary<string, string> { [setting] = value }),
            Http = http,
            Clock = TimeProvider.System,
            PatientKeySystems = [keySystem],
            StateFolder = Directory.CreateDirectory(Path.Combine(data, "state", source)).FullName,
        }));
}
