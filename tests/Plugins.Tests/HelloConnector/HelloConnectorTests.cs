using System.Security.Cryptography;
using System.Text.Json;
using DmpFederation.Samples.HelloConnector;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HelloConnector;

/// <summary>The newcomer's connector of samples/HelloConnector, and what its build leaves for the hub.</summary>
public sealed class HelloConnectorTests : IDisposable
{
    private static readonly PatientKey Known = new(PatientKeySystems.InsNirTest, "279035121518989");
    private static readonly PatientKey Unknown = new(PatientKeySystems.InsNirTest, "260058815400233");

    private readonly string folder = Directory.CreateTempSubdirectory("hello-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Each_line_is_an_entry_an_unreadable_one_is_reported_and_others_are_unknown()
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, Known.Value + ".ndjson"),
        [
            """{"resourceType":"Immunization","id":"v1","status":"completed","occurrenceDateTime":"2009-11-20","vaccineCode":{"text":"Grippe"}}""",
            "not json",
        ]);

        var items = await Open().ReadAsync(
            new ReadRequest([new PatientQuery(Known), new PatientQuery(Unknown), new PatientQuery(Known with { Value = "../" + Known.Value })]),
            CancellationToken.None).ToListAsync();

        items[0].Should().BeOfType<DossierEntry>().Which.Title.Should().Be("Grippe");
        items[0].Should().BeOfType<DossierEntry>().Which.Category.Should().Be(EntryCategory.Immunization);
        items[1].Should().BeOfType<Unreadable>().Which.Code.Should().Be("NOT_JSON");
        items.Skip(2).Should().HaveCount(2).And.AllBeOfType<PatientUnknown>();
    }

    [Fact]
    public async Task A_missing_folder_is_an_unreachable_source()
    {
        Directory.Delete(folder);
        var probe = async () => await Open().ProbeAsync(CancellationToken.None);

        (await probe.Should().ThrowAsync<SourceFaultException>()).Which.Code.Should().Be(SourceFaultCodes.Unreachable);
        Directory.CreateDirectory(folder);
    }

    [Fact]
    public void It_takes_less_than_fifty_lines() =>
        File.ReadAllLines(Path.Combine(Project(), "HelloConnectorPlugin.cs")).Should().HaveCountLessThan(50);

    [Fact]
    public void The_built_folder_holds_a_manifest_with_the_assembly_s_hash_and_no_second_SDK()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var built = Path.Combine(Project(), "bin", output.Parent!.Name, output.Name);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(built, "plugin.json")));
        var assembly = Path.Combine(built, manifest.RootElement.GetProperty("entryAssembly").GetString()!);

        manifest.RootElement.GetProperty("sha256").GetString()
            .Should().BeEquivalentTo(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(assembly))));
        File.Exists(Path.Combine(built, "DmpFederation.Sdk.dll")).Should().BeFalse();
    }

    private ISourceConnector Open() => new HelloConnectorPlugin().Open(new SourceContext
    {
        SourceId = "hello",
        Settings = new SourceSettings(new Dictionary<string, string> { ["folder"] = folder }),
        Http = new HttpClient(),
        Clock = TimeProvider.System,
        PatientKeySystems = [PatientKeySystems.InsNirTest],
        StateFolder = folder,
    });

    private static string Project()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "DmpFederation.sln")))
            root = root.Parent!;
        return Path.Combine(root.FullName, "samples", "HelloConnector");
    }
}
