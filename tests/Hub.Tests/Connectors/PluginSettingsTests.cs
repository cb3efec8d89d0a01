using System.Collections.Frozen;
using DmpFederation.Hub.Connectors.Configuration;
using DmpFederation.Hub.Connectors.Plugins;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Connectors;

public sealed class PluginSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Settings_of_every_type_reach_the_connector_with_references_resolved_and_defaults_filled()
    {
        folder.Write("secrets/password", "hunter2\n");
        folder.Write("plugin.json", Manifest("""
            "address": { "type": "httpAddress", "required": true }, "size": { "type": "integer", "default": "50" },
            "password": { "type": "secret", "required": true }, "data": { "type": "folder" }, "label": { "type": "text" }
            """));

        var settings = Check(new() { ["address"] = "env:ADDRESS", ["password"] = "file:secrets/password", ["data"] = "data" });

        settings.Problems.Should().BeEmpty();
        settings.Values.Should().Equal(new Dictionary<string, string>
        {
            ["address"] = "http://127.0.0.1:1/",
            ["data"] = Path.Combine(folder.Root, "data"),
            ["password"] = "hunter2",
            ["size"] = "50",
        });
    }

    [Fact]
    public void Every_fault_names_its_setting_and_no_fault_repeats_a_value()
    {
        folder.Write("plugin.json", Manifest("""
            "address": { "type": "httpAddress" }, "size": { "type": "integer" }, "password": { "type": "secret" },
            "token": { "type": "secret" }, "key": { "type": "text", "required": true }
            """));

        var settings = Check(new()
        {
            ["address"] = "ftp://hunter2@host",
            ["size"] = "hunter2",
            ["password"] = "hunter2",
            ["token"] = "env:ABSENT",
            ["colour"] = "hunter2",
        });

        settings.Problems.Select(fault => fault.ToString()).Should().Equal(
            "setting 'colour': is unknown to the plug-in; it knows address, key, password, size, token",
            "setting 'address': must be an absolute http or https address without user or password",
            "setting 'key': is missing",
            "setting 'password': is a secret: write env:NAME or file:path, not the secret itself",
            "setting 'size': must be a whole number",
            "setting 'token': refers to the environment variable ABSENT, which is not set");
    }

    [Fact]
    public void All_faults_of_a_manifest_are_reported_at_once()
    {
        folder.Write("plugin.json", """
            { "id": "Bad Id", "version": "one", "sdk": "about 1", "entryAssembly": "a.dll", "sha256": "12", "author": "x",
              "settings": { "a": { "type": "number", "secret": true } } }
            """);

        PluginManifestReader.ReadFolder(folder.Root).Faults.Select(fault => fault.Place).Should().BeEquivalentTo(
            "id", "version", "sdk", "sha256", "author", "settings.a.type", "settings.a.secret");
    }

    [Fact]
    public void A_folder_that_claims_a_part_of_the_hub_is_refused_and_has_no_id()
    {
        folder.Write("plugin.json", Manifest("").Replace("\"id\": \"p\"", "\"id\": \"national\"", StringComparison.Ordinal));

        var read = PluginManifestReader.ReadFolder(folder.Root);

        read.Should().BeEquivalentTo(new { Id = (string?)null, Manifest = (PluginManifest?)null });
        read.Faults.Should().ContainSingle().Which.ToString().Should().Be("id: is 'national', which is a part of the hub");
    }

    [Theory]
    [InlineData("env:")]
    [InlineData("env:A B")]
    [InlineData("env:A=B")]
    [InlineData("file:missing")]
    public void A_reference_that_leads_nowhere_is_a_fault(string written)
    {
        new SettingReferences(folder.Root, _ => null).Resolve(written).Problem.Should().StartWith("refers to");
    }

    public void Dispose() => folder.Dispose();

    private static string Manifest(string settings) => $$"""
        { "id": "p", "version": "1.0.0", "sdk": "[1.0,2.0)", "entryAssembly": "a.dll", "sha256": "{{new string('0', 64)}}", "settings": { {{settings}} } }
        """;

    private CheckedSettings Check(Dictionary<string, string> written)
    {
        var manifest = PluginManifestReader.ReadFolder(folder.Root).Manifest;
        var declared = manifest?.Settings ?? FrozenDictionary<string, PluginSetting>.Empty;
        return SettingsCheck.Check(
            declared, written, new SettingReferences(folder.Root, name => name == "ADDRESS" ? "http://127.0.0.1:1/" : null));
    }
}
