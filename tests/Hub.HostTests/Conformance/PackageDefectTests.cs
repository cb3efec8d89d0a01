using DmpFederation.Hub.HostTests.Connectors;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.HostTests.Conformance;

/// <summary>Plug-ins that cannot even be loaded: the step that refuses them is the check that fails.</summary>
public sealed class PackageDefectTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "dmp-package-" + Guid.NewGuid().ToString("N"));

    [Theory]
    [InlineData("OldSdk", "CNF-102")]
    [InlineData("MissingDependency", "CNF-104")]
    [InlineData("NoPlugin", "CNF-105")]
    [InlineData("TwoPlugins", "CNF-105")]
    [InlineData("ForeignSurface", "CNF-106")]
    public async Task A_plug_in_the_hub_refuses_fails_where_it_is_refused(string plugin, string check)
    {
        using var fixture = new FixtureCopy();

        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of("tests", "BadPlugins", plugin), "--json", "--fixture", fixture.Folder);

        ran.Failures.Keys.Should().BeEquivalentTo(new[] { check }, string.Join("; ", ran.Failures));
        ran.Exit.Should().Be(1);
    }

    [Theory]
    [InlineData("CNF-101", "\"id\"", "\"identifier\"")]
    [InlineData("CNF-103", "\"sha256\": \"", "\"sha256\": \"0000")]
    [InlineData("CNF-108", "\"baseUrl\"", "\"address\"")]
    public async Task A_manifest_that_is_wrong_is_named(string check, string written, string wrong)
    {
        var plugin = Copy("Careless");
        var manifest = Path.Combine(plugin, "plugin.json");
        var text = (await File.ReadAllTextAsync(manifest)).Replace(written, wrong, StringComparison.Ordinal);
        if (check == "CNF-103")
            text = text.Remove(text.IndexOf(wrong, StringComparison.Ordinal) + wrong.Length, 4);
        await File.WriteAllTextAsync(manifest, text);

        var ran = await CheckedPlugin.RunAsync(plugin, "--json");

        ran.Failures.Keys.Should().BeEquivalentTo(new[] { check }, string.Join("; ", ran.Failures));
    }

    [Fact]
    public async Task A_plug_in_without_a_fixture_is_not_taken_for_a_good_one()
    {
        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of("tests", "BadPlugins", "WellBehaved"), "--json");

        ran.Failures.Keys.Should().BeEquivalentTo("CNF-107");
        ran.Exit.Should().Be(1);
    }

    [Theory]
    [InlineData("throws-on-open", "CNF-201")]
    [InlineData("opens-nothing", "CNF-201")]
    [InlineData("hangs-in-probe", "CNF-203")]
    public async Task A_source_that_cannot_be_opened_or_probed_is_named(string behaviour, string check)
    {
        using var fixture = new FixtureCopy().Change(json =>
        {
            json["settings"] = new System.Text.Json.Nodes.JsonObject { ["behaviour"] = behaviour };
            json["legacy"]!["kind"] = "Files";
        });

        var ran = await CheckedPlugin.RunAsync(PluginOutput.Of("tests", "BadPlugins", "Misbehaving"), "--json", "--fixture", fixture.Folder);

        ran.Failures.Keys.Should().Contain(check).And.OnlyContain(id => string.CompareOrdinal(id, check) >= 0);
        ran.Exit.Should().Be(1);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private string Copy(string plugin)
    {
        var source = PluginOutput.Of("tests", "BadPlugins", plugin);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return folder;
    }
}
