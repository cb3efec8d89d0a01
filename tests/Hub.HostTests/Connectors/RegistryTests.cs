using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Hub.Federation;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public class RegistryTests
{
    [Fact]
    public async Task A_hub_without_a_file_or_with_an_unparsable_one_starts_with_no_source_and_a_visible_fault()
    {
        await using var hub = new ConnectorsHost();
        await hub.LoadAsync();
        hub.Registry.Current.Sources.Should().BeEmpty();
        hub.Registry.Current.Faults.Should().ContainSingle().Which.Should().Contain("is missing");

        await File.WriteAllTextAsync(hub.PluginsFile, "{ nonsense");
        await hub.Registry.ReloadAsync(CancellationToken.None);
        hub.Registry.Current.Faults.Should().ContainSingle().Which.Should().Contain("is not JSON at line 1");

        hub.Install("WellBehaved");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.Registry.ReloadAsync(CancellationToken.None);
        hub.Registry.Current.Faults.Should().BeEmpty();
        (await hub.ReadAsync("good")).Status.Should().Be(SourceStatus.Answered);
    }

    [Fact]
    public async Task A_bad_edit_keeps_the_last_good_sources_and_shows_its_fault_until_it_is_mended()
    {
        await using var hub = await GoodAsync();
        var before = hub.Source("good");

        await File.WriteAllTextAsync(hub.PluginsFile, """{ "sources": [""");
        await hub.Registry.ReloadAsync(CancellationToken.None);

        hub.Source("good").Should().BeSameAs(before);
        hub.Registry.Current.Faults.Should().ContainSingle().Which.Should().Contain("the last good sources stay");
        (await hub.ReadAsync("good")).Status.Should().Be(SourceStatus.Answered);

        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.Registry.ReloadAsync(CancellationToken.None);
        hub.Source("good").Should().BeSameAs(before);
        hub.Registry.Current.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task A_bad_entry_is_a_misconfigured_source_beside_the_good_ones()
    {
        await using var hub = await GoodAsync();

        hub.WriteSources(
            ConnectorsHost.SourceJson("good", "well-behaved"),
            ConnectorsHost.SourceJson("odd", "well-behaved", "\"password\": \"hunter2\", \"colour\": \"hunter2\""),
            """{ "id": "worse", "colour": 1 }""");
        await hub.Registry.ReloadAsync(CancellationToken.None);

        hub.Registry.Current.Sources.Select(source => (source.Id, source.State)).Should().Equal(
            ("good", SourceState.Starting), ("odd", SourceState.Misconfigured), ("worse", SourceState.Misconfigured));
        hub.Source("odd").StateReason.Should().Contain("'password'").And.Contain("'colour'").And.NotContain("hunter2");
        hub.Source("worse").StateReason.Should().Contain("sources[2].colour: is an unknown key").And.Contain("sources[2].region: is missing");
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains("hunter2"));
    }

    [Fact]
    public async Task Only_what_changed_is_opened_anew()
    {
        await using var hub = await GoodAsync();
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"), ConnectorsHost.SourceJson("two", "well-behaved"));
        await hub.Registry.ReloadAsync(CancellationToken.None);
        var (good, two, version) = (hub.Source("good"), hub.Source("two"), hub.Registry.Current.Version);

        await hub.Registry.ReloadAsync(CancellationToken.None);
        hub.Registry.Current.Version.Should().Be(version, "nothing changed");
        hub.WriteSources(ConnectorsHost.SourceJson("two", "well-behaved", "\"entries\": 7"), ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.Registry.ReloadAsync(CancellationToken.None);

        hub.Source("good").Should().BeSameAs(good);
        hub.Source("two").Should().NotBeSameAs(two);
        (await hub.ReadAsync("two")).Entries.Should().HaveCount(7);
    }

    [Fact]
    public async Task A_changed_secret_file_reopens_its_source()
    {
        await using var hub = await GoodAsync();
        await File.WriteAllTextAsync(Path.Combine(hub.Root, "secret"), "one");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved", "\"password\": \"file:secret\""));
        await hub.Registry.ReloadAsync(CancellationToken.None);
        var before = hub.Source("good");

        await File.WriteAllTextAsync(Path.Combine(hub.Root, "secret"), "two");
        await hub.Registry.ReloadAsync(CancellationToken.None);

        hub.Source("good").Should().NotBeSameAs(before);
        before.State.Should().NotBe(SourceState.Misconfigured);
    }

    [Fact]
    public async Task Sixteen_callers_lose_no_request_while_the_registry_is_swapped_under_them()
    {
        await using var hub = await GoodAsync();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var answers = new List<SourceOutcome>();
            while (!stop.IsCancellationRequested)
            {
                var source = hub.Source("good");
                await Task.Yield();
                answers.Add(await hub.Reader.ReadAsync(source, ConnectorsHost.Request, TimeSpan.FromSeconds(30), CancellationToken.None));
            }
            return answers.Select(answer => (answer.Status, answer.Reason, answer.Entries.Count)).Distinct().ToList();
        })).ToList();

        for (var swap = 0; swap < 40; swap++)
        {
            hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved", $"\"title\": \"t{swap}\"", "\"timeoutMs\": 30000"));
            await hub.Registry.ReloadAsync(CancellationToken.None);
        }
        await stop.CancelAsync();

        (await Task.WhenAll(callers)).SelectMany(seen => seen).Distinct().Should().Equal((SourceStatus.Answered, null, 3));
        await hub.Registry.Retired;
        hub.Inventory.Loaded.Should().ContainSingle().Which.Sources.Should().Be(1);
    }

    [Fact]
    public async Task A_newcomer_s_plug_in_answers_without_a_restart_and_a_removed_one_leaves_the_memory()
    {
        await using var hub = new ConnectorsHost();
        hub.Install("Misbehaving");
        hub.WriteSources(ConnectorsHost.Misbehaving("mended"));
        await hub.StartAsync();

        var newcomer = hub.InstallFrom(PluginOutput.Of("tests", "BadPlugins", "WellBehaved"), Path.Combine("..", "mine", "Newcomer"));
        await File.WriteAllTextAsync(hub.PluginsFile, $$"""
            { "pluginFolders": ["mine/Newcomer"],
              "sources": [{{ConnectorsHost.SourceJson("hello", "well-behaved")}}, {{ConnectorsHost.Misbehaving("mended")}}] }
            """);

        await ConnectorsHost.Eventually(() => hub.Registry.Current.Find("hello")?.State == SourceState.Active, "the newcomer answers");
        (await hub.ReadAsync("hello")).Entries.Should().HaveCount(3);

        hub.WriteSources(ConnectorsHost.Misbehaving("mended"));
        await ConnectorsHost.Eventually(
            () => hub.Inventory.Unloads.Any(unload => unload is { Id: "well-behaved", Version: "1.0.0", Progress: UnloadProgress.Unloaded }),
            "the removed plug-in leaves the memory");
        hub.Inventory.Loaded.Should().ContainSingle().Which.Id.Should().Be("misbehaving");
        Directory.Exists(newcomer).Should().BeTrue();
        Directory.Exists(Path.Combine(hub.Root, "state", "plugins", "well-behaved")).Should().BeTrue();
        Directory.EnumerateDirectories(Path.Combine(hub.Root, "state", "plugins", "well-behaved")).Should().BeEmpty("its copy is deleted");
    }

    [Fact]
    public async Task A_new_version_of_a_plug_in_replaces_the_old_and_each_version_is_reported()
    {
        await using var hub = await GoodAsync();
        var manifest = Path.Combine(hub.Root, "plugins", "WellBehaved", "plugin.json");

        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("1.0.0", "1.1.0"));
        await hub.Registry.ReloadAsync(CancellationToken.None);
        await hub.Registry.Retired;

        hub.Source("good").PluginVersion.Should().Be("1.1.0");
        var watch = hub.Get<UnloadWatch>();
        for (var check = 0; check < 10 && !watch.Check();)
            check++;
        hub.Inventory.Unloads.Should().ContainSingle().Which.Should().Match<PluginUnload>(
            unload => unload.Version == "1.0.0" && unload.Progress == UnloadProgress.Unloaded && unload.UnloadedAt != null);
    }

    [Theory]
    [InlineData("mended", SourceState.Active, null)]
    [InlineData("fails-probe", SourceState.Unreachable, "REFUSED")]
    [InlineData("hangs-in-probe", SourceState.Unreachable, "DEADLINE")]
    public async Task Probes_tell_whether_a_source_answers(string behaviour, object state, string? reason)
    {
        await using var hub = new ConnectorsHost().With("ProbeTimeout", "00:00:00.200").With("DrainTimeout", "00:00:00.200");
        hub.Install("Misbehaving");
        hub.WriteSources(ConnectorsHost.Misbehaving(behaviour));

        await hub.StartAsync();

        await ConnectorsHost.Eventually(() => hub.Source("bad").State == (SourceState)state, "the probe is seen");
        hub.Source("bad").StateReason.Should().Be(reason);
    }

    private static async Task<ConnectorsHost> GoodAsync()
    {
        var hub = new ConnectorsHost();
        hub.Install("WellBehaved");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.LoadAsync();
        return hub;
    }
}
