using System.Text.Json.Nodes;

namespace DmpFederation.Hub.HostTests.Conformance;

/// <summary>A copy of the careless plug-in's fixture, changed for one test.</summary>
internal sealed class FixtureCopy : IDisposable
{
    private readonly JsonObject json;

    public FixtureCopy()
    {
        var source = Path.Combine(Connectors.PluginOutput.Of("tests", "BadPlugins", "Careless"), "conformance");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        json = JsonNode.Parse(File.ReadAllText(JsonFile))!.AsObject();
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "dmp-fixture-" + Guid.NewGuid().ToString("N"));

    private string JsonFile => Path.Combine(Folder, "conformance.json");

    public FixtureCopy With(params string[] defects) => Change(fixture => fixture["settings"]!["defects"] = string.Join(',', defects));

    /// <summary>The same legacy as a folder, which can be written to.</summary>
    public FixtureCopy AsFiles() => Change(fixture =>
    {
        fixture["settings"] = new JsonObject { ["folder"] = "{folder}" };
        fixture["legacy"]!["kind"] = "Files";
        fixture["writes"] = new JsonArray(new JsonObject
        {
            ["patient"] = "one fact",
            ["resource"] = "write.json",
            ["otherResource"] = "other.json",
            ["localId"] = "hub-1",
        });
    });

    public FixtureCopy Change(Action<JsonObject> change)
    {
        change(json);
        File.WriteAllText(JsonFile, json.ToJsonString());
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
