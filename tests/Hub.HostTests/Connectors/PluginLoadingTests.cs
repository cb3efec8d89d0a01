using DmpFederation.Hub.Connectors;
using DmpFederation.Hub.Federation;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public class PluginLoadingTests
{
    [Theory]
    [InlineData("OldSdk", "old-sdk", SourceState.NotSupported, "needs SDK")]
    [InlineData("MissingDependency", "missing-dependency", SourceState.Malfunctioned, "ForeignLibrary is missing")]
    [InlineData("ForeignSurface", "foreign-surface", SourceState.Malfunctioned, "ForeignLibrary.Remark")]
    [InlineData("NoPlugin", "no-plugin", SourceState.Malfunctioned, "no public class implements IConnectorPlugin")]
    [InlineData("TwoPlugins", "two-plugins", SourceState.Malfunctioned, "FirstPlugin, SecondPlugin")]
    public async Task A_plug_in_that_cannot_be_used_is_a_source_with_a_state_and_a_reason(
        string project, string plugin, object state, string reason)
    {
        await using var hub = new ConnectorsHost();
        hub.Install(project);
        hub.Install("WellBehaved");
        hub.WriteSources(ConnectorsHost.SourceJson("bad", plugin), ConnectorsHost.SourceJson("good", "well-behaved"));

        await hub.LoadAsync();

        hub.Source("bad").State.Should().Be((SourceState)state);
        hub.Source("bad").StateReason.Should().Contain(reason);
        (await hub.ReadAsync("bad")).Status.Should().Be(SourceStatus.Failed);
        (await hub.ReadAsync("good")).Status.Should().Be(SourceStatus.Answered);
    }

    [Fact]
    public async Task An_assembly_that_was_changed_after_its_manifest_is_not_loaded()
    {
        await using var hub = new ConnectorsHost();
        var assembly = Path.Combine(hub.Install("WellBehaved"), "DmpFederation.BadPlugins.WellBehaved.dll");
        await File.AppendAllTextAsync(assembly, "tampered");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));

        await hub.LoadAsync();

        hub.Source("good").State.Should().Be(SourceState.Malfunctioned);
        hub.Source("good").StateReason.Should().Contain("SHA-256");
        hub.Inventory.Loaded.Should().BeEmpty();
    }

    [Fact]
    public async Task A_rebuilt_plug_in_whose_assembly_was_half_written_is_tried_again_once_it_is_whole()
    {
        await using var hub = new ConnectorsHost();
        var assembly = Path.Combine(hub.Install("WellBehaved"), "DmpFederation.BadPlugins.WellBehaved.dll");
        var whole = await File.ReadAllBytesAsync(assembly);
        await File.WriteAllBytesAsync(assembly, whole[..100]);
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.LoadAsync();
        hub.Source("good").State.Should().Be(SourceState.Malfunctioned);

        await File.WriteAllBytesAsync(assembly, whole);
        await hub.Registry.ReloadAsync(CancellationToken.None);

        (await hub.ReadAsync("good")).Status.Should().Be(SourceStatus.Answered);
    }

    [Fact]
    public async Task Two_folders_with_one_plug_in_id_leave_its_sources_shut()
    {
        await using var hub = new ConnectorsHost();
        hub.Install("WellBehaved");
        hub.Install("WellBehaved", "Copy");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"), ConnectorsHost.SourceJson("other", "nowhere"));

        await hub.LoadAsync();

        hub.Source("good").StateReason.Should().Be("2 folders declare the plug-in id 'well-behaved'");
        hub.Source("other").State.Should().Be(SourceState.Misconfigured);
        hub.Source("other").StateReason.Should().Be("plug-in 'nowhere' is not installed");
    }

    [Theory]
    [InlineData("throws-on-open", "00:00:30", SourceState.Malfunctioned, "InvalidOperationException")]
    [InlineData("opens-nothing", "00:00:30", SourceState.Malfunctioned, "opened no connector")]
    [InlineData("blocks-on-open", "00:00:00.200", SourceState.Malfunctioned, "did not open the source within 0.2 s")]
    [InlineData("repeats-setting", "00:00:30", SourceState.Misconfigured, "Setting 'behaviour' is unusable.")]
    public async Task A_plug_in_that_fails_to_open_is_named_without_its_words(string behaviour, string openTimeout, object state, string reason)
    {
        // Only the plug-in that blocks meets its timeout: a busy machine may take longer than that to throw.
        await using var hub = new ConnectorsHost().With("OpenTimeout", openTimeout);
        hub.Install("Misbehaving");
        hub.WriteSources(ConnectorsHost.Misbehaving(behaviour));

        await hub.LoadAsync();

        hub.Source("bad").State.Should().Be((SourceState)state);
        hub.Source("bad").StateReason.Should().Contain(reason).And.NotContain("secret-of-the-plug-in");
        hub.Log.Lines.Should().NotContain(line => line.Text.Contains("secret-of-the-plug-in"));
    }

    [Fact]
    public async Task Authors_may_rebuild_or_delete_a_plug_in_that_is_loaded()
    {
        await using var hub = new ConnectorsHost();
        var folder = hub.Install("WellBehaved");
        hub.WriteSources(ConnectorsHost.SourceJson("good", "well-behaved"));
        await hub.LoadAsync();

        Directory.Delete(folder, recursive: true);

        (await hub.ReadAsync("good")).Entries.Should().HaveCount(3);
    }

    [Fact]
    public async Task One_context_serves_all_sources_of_a_plug_in()
    {
        await using var hub = new ConnectorsHost();
        hub.Install("WellBehaved");
        hub.WriteSources(ConnectorsHost.SourceJson("one", "well-behaved"), ConnectorsHost.SourceJson("two", "well-behaved"));

        await hub.LoadAsync();

        hub.Inventory.Loaded.Should().ContainSingle().Which.Sources.Should().Be(2);
        hub.Source("one").Capabilities.Should().Equal("IIdentityLookup");
        hub.Source("one").PluginVersion.Should().Be("1.0.0");
    }
}
