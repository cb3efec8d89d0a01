using System.Runtime.CompilerServices;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

[Collection(AloneCollection.Name)]
public class UnloadTests
{
    private const int Cycles = 100;

    /// <summary>Folder of the project, plug-in id, settings of a source; null settings: the plug-in's own legacy system of the demo.</summary>
    public static TheoryData<string, string, string?> Plugins => new()
    {
        { "tests/BadPlugins/WellBehaved", "well-behaved", "\"entries\": 5" },
        { "tests/BadPlugins/Misbehaving", "misbehaving", "\"behaviour\": \"throws-mid-stream\"" },
        { "plugins/DossierPharmaceutique", "dossier-pharmaceutique", null },
        { "plugins/CdaRepository", "cda-repository", null },
        { "plugins/HistoriqueRemboursements", "historique-remboursements", null },
        { "plugins/FhirServer", "fhir-server", null },
        { "plugins/HprimBiologie", "hprim-biologie", null },
        { "plugins/ReseauDiabete", "reseau-diabete", null },
    };

    [Theory]
    [MemberData(nameof(Plugins))]
    public async Task A_plug_in_loaded_used_and_unloaded_a_hundred_times_leaves_nothing_behind(string project, string plugin, string? settings)
    {
        await using var legacy = new LegacyWorld();
        await legacy.StartAsync();
        await using var hub = new ConnectorsHost();
        settings ??= legacy.SettingsFor(plugin, hub);
        hub.InstallFrom(PluginOutput.Of(project.Split('/')), plugin);
        hub.WriteSources();
        await hub.LoadAsync();
        var watch = hub.Get<UnloadWatch>();
        long after10 = 0;

        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            await CycleAsync(hub, ConnectorsHost.SourceJson("source", plugin, settings, "\"timeoutMs\": 20000"), legacy.QueryFor(plugin));
            if (cycle == 10)
                after10 = Memory(watch);
        }
        // What ended the last cycle may be the plug-in's own task, on whose stack this goes on: off it, before it is looked for.
        await Task.Yield();
        var growth = Memory(watch) - after10;

        hub.Inventory.Loaded.Should().BeEmpty();
        hub.Inventory.Unloads.Should().HaveCount(Cycles).And.OnlyContain(unload => unload.Progress == UnloadProgress.Unloaded);
        growth.Should().BeLessThan(2 << 20, "memory stays flat over 90 cycles");
    }

    [Fact]
    public async Task A_plug_in_whose_call_never_ends_is_reported_as_alive()
    {
        await using var hub = new ConnectorsHost().With("DrainTimeout", "00:00:00.100");
        hub.Install("Misbehaving");
        hub.WriteSources(ConnectorsHost.Misbehaving("blocks-for-good", "\"timeoutMs\": 100"));
        await hub.LoadAsync();
        await hub.ReadAsync("bad");

        hub.WriteSources();
        await hub.Registry.ReloadAsync(CancellationToken.None);
        await hub.Registry.Retired;
        var watch = hub.Get<UnloadWatch>();
        while (!watch.Check())
            continue;

        hub.Inventory.Unloads.Should().ContainSingle().Which.Progress.Should().Be(UnloadProgress.Alive);
        hub.Log.Lines.Should().Contain(line => line.Id == 1003);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task CycleAsync(ConnectorsHost hub, string source, PatientQuery patient)
    {
        hub.WriteSources(source);
        await hub.Registry.ReloadAsync(CancellationToken.None);
        var outcome = await hub.Reader.ReadAsync(
            hub.Source("source"), new ReadRequest([patient]), TimeSpan.FromSeconds(20), CancellationToken.None);
        outcome.Status.Should().BeOneOf(SourceStatus.Answered, SourceStatus.Partial);
        outcome.Entries.Should().NotBeEmpty();
        hub.WriteSources();
        await hub.Registry.ReloadAsync(CancellationToken.None);
        await hub.Registry.Retired;
    }

    private static long Memory(UnloadWatch watch)
    {
        for (var check = 0; check < 10 && !watch.Check();)
            check++;
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
