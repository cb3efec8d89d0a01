using DmpFederation.Plugins.HprimBiologie;
using DmpFederation.Sdk;
using Microsoft.Extensions.Time.Testing;

namespace DmpFederation.Plugins.Tests.HprimBiologie;

/// <summary>A real drop folder and the real connector on it; time passes when told.</summary>
internal sealed class DropFolder : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hprim-tests-").FullName;
    private readonly HttpClient http = new();
    private ISourceConnector? connector;

    public DropFolder() => Directory.CreateDirectory(Folder);

    public string Folder => Path.Combine(root, "drop");

    public string State => Path.Combine(root, "state");

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public ISourceConnector Connector => connector ??= Open();

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Drops a file that was last changed so many minutes ago.</summary>
    public void Drop(string name, byte[] bytes, double minutesAgo = 10)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        File.SetLastWriteTimeUtc(PathOf(name), Clock.GetUtcNow().UtcDateTime.AddMinutes(-minutesAgo));
    }

    public async Task<List<ReadItem>> ReadAsync(PatientTraits? traits = null, PatientKey? key = null)
    {
        await ReadyAsync();
        return await Connector.ReadAsync(new ReadRequest([new PatientQuery(key ?? AReport.Key, traits ?? AReport.Traits)]), CancellationToken.None).ToListAsync();
    }

    public async Task<List<DossierEntry>> EntriesAsync(PatientTraits? traits = null, PatientKey? key = null) =>
        [.. (await ReadAsync(traits, key)).OfType<DossierEntry>()];

    /// <summary>Reads again and again, while time passes, until the entries are as wanted.</summary>
    public async Task<List<ReadItem>> EventuallyAsync(Func<List<ReadItem>, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var items = await ReadAsync();
            if (wanted(items))
                return items;
            patience.Token.ThrowIfCancellationRequested();
            Clock.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(20, CancellationToken.None);
        }
    }

    public async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await Connector.ProbeAsync(patience.Token);
                return;
            }
            catch (SourceFaultException fault) when (fault.Code == "INDEX_BUILDING")
            {
                patience.Token.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Closes the source and opens it again on the same state.</summary>
    public async Task ReopenAsync()
    {
        await Connector.DisposeAsync();
        connector = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (connector is not null)
            await connector.DisposeAsync();
        http.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private ISourceConnector Open()
    {
        Directory.CreateDirectory(State);
        return new HprimBiologiePlugin().Open(new SourceContext
        {
            SourceId = "labos-rhone-alpes",
            Settings = new SourceSettings(new Dictionary<string, string> { ["folder"] = Folder }),
            Http = http,
            Clock = Clock,
            PatientKeySystems = [PatientKeySystems.InsNirTest, PatientKeySystems.InsC],
            StateFolder = State,
        });
    }
}
