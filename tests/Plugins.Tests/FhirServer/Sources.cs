using DmpFederation.Plugins.FhirServer;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>Opens the connector as the hub does: a client of its own that follows no redirect.</summary>
internal sealed class OpenSource : IAsyncDisposable
{
    private readonly HttpClient http;

    public OpenSource(string baseUrl, TimeProvider? clock, IReadOnlyList<string> patientKeys, params (string Name, string Value)[] settings)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, AutomaticDecompression = System.Net.DecompressionMethods.All });
        var values = settings.ToDictionary(each => each.Name, each => each.Value);
        values["baseUrl"] = baseUrl;
        Connector = new FhirServerPlugin().Open(new SourceContext
        {
            SourceId = "picardie",
            Settings = new SourceSettings(values),
            Http = http,
            Clock = clock ?? TimeProvider.System,
            PatientKeySystems = patientKeys,
            StateFolder = Path.GetTempPath(),
        });
    }

    public OpenSource(string baseUrl, params (string Name, string Value)[] settings)
        : this(baseUrl, null, [PatientKeySystems.InsNirTest, PatientKeySystems.InsNir], settings)
    {
    }

    public ISourceConnector Connector { get; }

    /// <summary>What is read, but for whom it is filed under (<see cref="FindAsync"/>).</summary>
    public async Task<List<ReadItem>> ReadAsync(params PatientKey[] keys) =>
        await AllAsync(keys).Where(item => item is not PatientFound).ToListAsync();

    /// <summary>Whom a read says the facts are filed under.</summary>
    public async Task<List<PatientFound>> FindAsync(params PatientKey[] keys) => await AllAsync(keys).OfType<PatientFound>().ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await Connector.DisposeAsync();
        http.Dispose();
    }

    private IAsyncEnumerable<ReadItem> AllAsync(PatientKey[] keys) =>
        Connector.ReadAsync(new ReadRequest([.. keys.Select(key => new PatientQuery(key))]), CancellationToken.None);
}
