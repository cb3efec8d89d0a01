using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Hub.Connectors.Plugins;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Connectors;

public sealed class HostilePathTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> HostilePaths =>
    [
        "", " ", "..", "../outside", "plugins/../../outside", "a/ .. /b", "/etc/passwd", "//server/share", "\\\\server\\share", "..\\outside",
        "C:\\plugins", "C:/plugins", "file:///etc/passwd", "http://example.org/plugin", "~", "~/plugins", "~root/plugins", "plug\0in", "a\nb",
    ];

    [Theory]
    [MemberData(nameof(HostilePaths))]
    public void A_plug_in_folder_outside_the_file_s_folder_is_refused(string path)
    {
        ContainedPath.Resolve(folder.Root, path).Problem.Should().NotBeNull();
        var found = PluginDiscovery.Discover([], folder.Root, [(path, "pluginFolders[0]")]);
        found.Folders.Should().BeEmpty();
        found.Faults.Should().ContainSingle().Which.Place.Should().Be("pluginFolders[0]");
    }

    [Theory]
    [MemberData(nameof(HostilePaths))]
    public void A_secret_file_outside_the_file_s_folder_is_refused(string path)
    {
        var (value, problem) = new SettingReferences(folder.Root, _ => null).Resolve("file:" + path);

        value.Should().BeNull();
        problem.Should().NotBeNull();
    }

    [Theory]
    [InlineData("plugins")]
    [InlineData("plugins/inner/")]
    [InlineData("./plugins")]
    [InlineData("plug.ins/v1..2")]
    public void A_folder_below_is_taken(string path)
    {
        ContainedPath.Resolve(folder.Root, path).FullPath.Should().Be(Path.GetFullPath(Path.Combine(folder.Root, path)));
    }

    [Fact]
    public void A_link_that_leaves_the_folder_is_refused_and_one_that_stays_is_taken()
    {
        using var outside = new TemporaryFolder();
        outside.Write("plugin.json", "{}");
        Directory.CreateDirectory(Path.Combine(folder.Root, "real"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "leaves"), outside.Root);
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "climbs"), Path.Combine("..", Path.GetFileName(outside.Root)));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "stays"), Path.Combine(folder.Root, "real"));

        ContainedPath.Resolve(folder.Root, "leaves").Problem.Should().Contain("link");
        ContainedPath.Resolve(folder.Root, "leaves/deeper").Problem.Should().Contain("link");
        ContainedPath.Resolve(folder.Root, "climbs").Problem.Should().Contain("link");
        ContainedPath.Resolve(folder.Root, "stays/deeper").FullPath.Should().NotBeNull();
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(folder.Root, "one"), Path.Combine(folder.Root, "two"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "two"), Path.Combine(folder.Root, "one"));

        ContainedPath.Resolve(folder.Root, "one").Problem.Should().NotBeNull();
    }

    [Theory]
    [InlineData("../evil.dll")]
    [InlineData("/tmp/evil.dll")]
    [InlineData("sub/evil.dll")]
    [InlineData("sub\\evil.dll")]
    [InlineData("C:evil.dll")]
    [InlineData("evil.exe")]
    [InlineData("~evil.dll")]
    [InlineData(".dll")]
    public void An_entry_assembly_that_is_more_than_a_file_name_is_refused(string name)
    {
        folder.Write("plugin.json", $$"""
            { "id": "p", "version": "1.0.0", "sdk": "[1.0,2.0)", "entryAssembly": {{System.Text.Json.JsonSerializer.Serialize(name)}},
              "sha256": "{{new string('0', 64)}}" }
            """);

        var read = PluginManifestReader.ReadFolder(folder.Root);

        read.Manifest.Should().BeNull();
        read.Faults.Should().ContainSingle().Which.Place.Should().Be("entryAssembly");
    }

    public void Dispose() => folder.Dispose();
}
