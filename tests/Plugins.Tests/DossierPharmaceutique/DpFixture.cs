using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.Plugins.DossierPharmaceutique;
using DmpFederation.Sdk;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DmpFederation.Plugins.Tests.DossierPharmaceutique;

/// <summary>A host and a connector opened on it, on 15 June 2026 unless the clock is moved.</summary>
public abstract class DpFixture : IAsyncLifetime
{
    private readonly List<ISourceConnector> opened = [];

    protected DpFixture(DpHost host) => Host = host;

    protected DpHost Host { get; }

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 15, 10, 0, 0, TimeSpan.Zero));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var connector in opened)
            await connector.DisposeAsync();
        Host.Dispose();
    }

    internal void Record(IEnumerable<int> persons, params DpLine[] lines)
    {
        using var register = Host.Open();
        register.Record([.. persons.Select(ADispensation.Dossier)], lines);
    }

    protected ISourceConnector OpenConnector(params (string Name, string Value)[] settings) => OpenConnectorAt(Host.Connection, settings);

    protected ISourceConnector OpenConnectorAt(string connection, params (string Name, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        values["connection"] = connection;
        var connector = new DossierPharmaceutiquePlugin().Open(new SourceContext
        {
            SourceId = "dp",
            Settings = new SourceSettings(values),
            Http = new HttpClient(),
            Clock = Clock,
            PatientKeySystems = [PatientKeySystems.InsNirTest, PatientKeySystems.InsNir],
            StateFolder = Path.GetTempPath(),
        });
        opened.Add(connector);
        return connector;
    }

    protected static async Task<List<ReadItem>> Read(ISourceConnector connector, params PatientKey[] patients) =>
        await connector.ReadAsync(new ReadRequest([.. patients.Select(key => new PatientQuery(key))]), CancellationToken.None).ToListAsync();

    protected static async Task<List<string>> ReadIds(ISourceConnector connector, params PatientKey[] patients) =>
        [.. (await Read(connector, patients)).OfType<DossierEntry>().Select(entry => entry.LocalId).Order(StringComparer.Ordinal)];

    protected static async Task<SourceFaultException> Fault(ISourceConnector connector)
    {
        var read = await Assert.ThrowsAsync<SourceFaultException>(() => Read(connector, ADispensation.Key(1)));
        var probe = await Assert.ThrowsAsync<SourceFaultException>(async () => await connector.ProbeAsync(CancellationToken.None));
        Assert.Equal(read.Code, probe.Code);
        return read;
    }
}
