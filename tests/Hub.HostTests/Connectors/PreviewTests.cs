using DmpFederation.Hub.Connectors.Plugins;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Connectors;

public class PreviewTests
{
    [Fact]
    public async Task Files_are_read_as_the_plug_in_would_and_the_plug_in_is_let_go()
    {
        await using var hub = new ConnectorsHost();
        var folder = hub.Install("WellBehaved");
        var file = Path.Combine(hub.Root, "facts.txt");
        await File.WriteAllTextAsync(file, "one\n\ntwo\n");
        await hub.LoadAsync();

        foreach (var plugin in new[] { "well-behaved", "WellBehaved", folder })
        {
            var result = hub.Get<IPluginPreview>().Preview(plugin, [file, file + ".missing"], CancellationToken.None);
            result.Problem.Should().BeNull();
            var files = await result.Files.ToListAsync();
            files[0].Fault.Should().BeNull();
            files[0].Items.Select(item => (item as DossierEntry)?.Title ?? (item as Unreadable)?.Code).Should().Equal("one", "EMPTY_LINE", "two");
            files[1].Fault.Should().Be("UNREACHABLE");
        }
        hub.Inventory.Loaded.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nowhere", "is not installed")]
    [InlineData("misbehaving", "cannot preview files")]
    [InlineData("old-sdk", "needs SDK")]
    public async Task What_cannot_preview_says_why(string plugin, string reason)
    {
        await using var hub = new ConnectorsHost();
        hub.Install("Misbehaving");
        hub.Install("OldSdk");
        await hub.LoadAsync();

        hub.Get<IPluginPreview>().Preview(plugin, [], CancellationToken.None).Problem.Should().Contain(reason);
        hub.Inventory.Loaded.Should().BeEmpty();
    }
}
