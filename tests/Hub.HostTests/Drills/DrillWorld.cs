using System.Text.Json.Nodes;
using DmpFederation.Hub.HostTests.Federation;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.SyntheticFrance.Model;
using Xunit;

namespace DmpFederation.Hub.HostTests.Drills;

/// <summary>The six systems and the hub over them. Each server stands behind a <see cref="FaultProxy"/>. A test leaves it as it found it.</summary>
public sealed class DrillWorld : IAsyncLifetime
{
    /// <summary>Entries of one patient in one source, for those who have many.</summary>
    internal const int Many = 10_000;

    private const int Patients = 8;

    private readonly Dictionary<string, FaultProxy> proxies = [];
    private SixSystems? systems;
    private DrillHub? hub;

    /// <summary>The sources that speak HTTP.</summary>
    public static IReadOnlyList<string> HttpSources { get; } = [.. SixSystems.Servers.Select(static server => server.Source)];

    public string Folder => Systems.Root;

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

    internal SixSystems Systems => systems!;

    private IReadOnlyList<SyntheticPatient> World { get; } = [.. SyntheticFrance.World.Generate(2009, Patients, SixSystems.Today)];

    private IReadOnlyList<SyntheticPatient> Heavy { get; } = ManyFacts.Generate(Patients, Many, SixSystems.Today);

    internal FaultProxy Proxy(string source) => proxies[source];

    public async Task InitializeAsync()
    {
        systems = await SixSystems.StartAsync(World.Concat(Heavy));
        foreach (var server in SixSystems.Servers)
            proxies[server.Source] = await FaultProxy.StartAsync(systems.Origin(server.Source), server.Health);
        await systems.WriteSourcesAsync(source => proxies[source].Origin, static (source, entry) =>
        {
            // So that a drill need not wait long for a look at the folder.
            if (source == LabosRhoneAlpesSystem.Name)
                entry["settings"]!["scanSeconds"] = "1";
        });
        hub = await DrillHub.StartAsync(systems);
        await hub.UntilCompleteAsync(Patient);
    }

    public async Task DisposeAsync()
    {
        if (hub is not null)
            await hub.DisposeAsync();
        foreach (var proxy in proxies.Values)
            await proxy.DisposeAsync();
        if (systems is not null)
            await systems.DisposeAsync();
    }

    /// <summary>Edits the file of sources under the running hub.</summary>
    internal void EditSources(Action<JsonArray> edit)
    {
        var file = JsonNode.Parse(File.ReadAllText(Systems.PluginsFile))!;
        edit(file["sources"]!.AsArray());
        File.WriteAllText(Systems.PluginsFile, file.ToJsonString());
    }
}
