using System.Net.Http.Json;
using System.Text.Json;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.Plugins.HistoriqueRemboursements;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

/// <summary>The real service on a free port, and the connector as the hub opens it.</summary>
internal sealed class RunningWebMedecin : IAsyncDisposable
{
    internal static readonly DateOnly Today = new(2026, 3, 17);

    internal static readonly PatientKey Patient = new(PatientKeySystems.InsNirTest, "279035121518989");

    private readonly string folder = Directory.CreateTempSubdirectory("web-medecin-").FullName;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private WebApplication server = null!;

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Today, new TimeOnly(10, 0), TimeSpan.Zero));

    internal ISourceConnector Connector { get; private set; } = null!;

    internal IChangeFeed Feed => (IChangeFeed)Connector;

    internal static async Task<RunningWebMedecin> StartAsync(IEnumerable<SyntheticPatient> world)
    {
        var running = new RunningWebMedecin();
        using (var writer = WebMedecinSystem.OpenWriter(running.folder))
        {
            foreach (var patient in world)
                writer.Add(patient);
        }
        running.server = WebMedecinSystem.Build(["--urls", "http://127.0.0.1:0"], running.folder, running.Clock);
        await running.server.StartAsync();
        running.Connector = Open(running.http, running.server.Urls.Single());
        return running;
    }

    /// <summary>The service with one patient and no line.</summary>
    internal static async Task<RunningWebMedecin> WithPatientAsync()
    {
        var running = await StartAsync([]);
        await running.PostAsync("assures", new
        {
            oid = "1.2.250.1.213.1.4.10", matricule = Patient.Value, nomNaissance = "PAT-TROIS", prenoms = new[] { "DOMINIQUE", "MARIE-LOUISE" },
            dateNaissance = "19790328", sexe = "F", lieuNaissance = "51215",
        });
        return running;
    }

    internal static ISourceConnector Open(HttpClient http, string baseUrl) => new HistoriqueRemboursementsPlugin().Open(new SourceContext
    {
        SourceId = "web-medecin",
        Settings = new SourceSettings(new Dictionary<string, string> { ["baseUrl"] = baseUrl }),
        Http = http,
        Clock = TimeProvider.System,
        PatientKeySystems = [PatientKeySystems.InsNirTest],
        StateFolder = Path.GetTempPath(),
    });

    internal async Task<List<ReadItem>> ReadAsync(params PatientKey[] patients)
    {
        var items = new List<ReadItem>();
        await foreach (var item in Connector.ReadAsync(new ReadRequest([.. patients.Select(key => new PatientQuery(key))]), CancellationToken.None))
            items.Add(item);
        return items;
    }

    internal async Task<List<string>> IdsAsync() => [.. (await ReadAsync(Patient)).OfType<DossierEntry>().Select(entry => entry.LocalId)];

    internal async Task<List<SourceChange>> ChangesAsync(string? cursor)
    {
        var changes = new List<SourceChange>();
        await foreach (var change in Feed.ReadChangesAsync(cursor, CancellationToken.None))
            changes.Add(change);
        return changes;
    }

    /// <summary>Stores a line; gives its number.</summary>
    internal async Task<long> AddAsync(
        string nature = "acte", string jour = "20260212", string systeme = "1.2.250.1.215.200.3.3", string code = "G", int? quantite = null, string? identifiant = null)
    {
        var answer = await PostAsync("lignes", new
        {
            oid = "1.2.250.1.213.1.4.10", matricule = Patient.Value, nature, jour, systeme, code, libelle = "LIGNE D'ESSAI", quantite, identifiant, executant = Somebody,
        });
        return answer.GetProperty("numero").GetInt64();
    }

    internal async Task<long> CorrectAsync(long number, object correction)
    {
        using var answer = await http.PutAsJsonAsync($"{server.Urls.Single()}/interne/lignes/{number}", correction);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("numero").GetInt64();
    }

    internal async Task WithdrawAsync(long number) =>
        (await http.DeleteAsync($"{server.Urls.Single()}/interne/lignes/{number}")).EnsureSuccessStatusCode();

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri(new Uri(server.Urls.Single()), request.RequestUri!);
        return http.SendAsync(request);
    }

    internal void PurgeJournal(long upTo)
    {
        using var deposits = new LineDeposits(new ReimbursementRegister(folder).OpenForWriting());
        deposits.Purge(upTo);
        deposits.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        http.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static object Somebody { get; } = new
    {
        rpps = "99700000001", nom = "Vuillemin", prenom = "Agnès", specialite = "G15_10/SM26", finess = "250999014", structure = "Cabinet d'essai",
    };

    private async Task<JsonElement> PostAsync(string resource, object body)
    {
        using var answer = await http.PostAsJsonAsync($"{server.Urls.Single()}/interne/{resource}", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
