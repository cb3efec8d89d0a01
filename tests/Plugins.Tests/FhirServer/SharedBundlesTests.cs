using System.Text.Json;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

/// <summary>The public FHIR files beside the repository (FR Core, PDSm, IPS, Synthea), through the preview and through a server.</summary>
public sealed class SharedBundlesTests
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        var folder = Folder();
        if (folder is null)
        {
            files.Add("");
            return files;
        }
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetRelativePath(folder, file).StartsWith("fhir-", StringComparison.Ordinal))
                files.Add(Path.GetRelativePath(folder, file));
        }
        return files;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Every_clinical_resource_of_the_file_is_an_entry_of_the_preview(string file)
    {
        var content = Content(file);
        var items = await PreviewTests.PreviewAsync(content, Path.GetFileName(file));
        var facts = Facts(content);
        if (facts.Count > 0)
        {
            items.Should().AllBeOfType<DossierEntry>().And.HaveCount(facts.Count);
        }
        else if (Resources(content).Any(resource => TypeOf(resource) == "Patient"))
        {
            items.Should().ContainSingle().Which.Should().BeOfType<DossierEntry>().Which.LocalId.Should().StartWith("Patient/");
        }
        else
        {
            items.Should().ContainSingle().Which.Should().BeOfType<Unreadable>().Which.Code.Should().Be("NO_FACTS");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Served_by_Picardie_the_file_reads_whole_through_the_connector(string file)
    {
        var content = Content(file);
        var folder = Directory.CreateTempSubdirectory("shared-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "file.json"), content);
        await using var picardie = await RunningPicardie.StartAsync([], folder);
        Directory.Delete(folder, recursive: true);
        foreach (var readWith in (string[])["search", "everything"])
        {
            await using var source = new OpenSource(picardie.BaseUrl, ("readWith", readWith), ("pageSize", "50"));
            var keys = await KeysAsync(picardie.BaseUrl);
            var items = keys.Count == 0 ? [] : await source.ReadAsync([.. keys]);
            items.Should().NotContain(item => item is PatientUnknown || item is ReadGap || item is Unreadable);
            // Left out: what the author withdrew, and the one resource of a German file whose patient is not in the file.
            items.OfType<DossierEntry>().Should().HaveCount(Facts(content).Count(resource => !OfNobody(resource)));
            items.OfType<DossierEntry>().Select(entry => entry.FiledUnder).Should().BeSubsetOf(keys);
        }
    }

    /// <summary>Each patient by an identifier of their own, and one without any by the server's number.</summary>
    private static async Task<List<PatientKey>> KeysAsync(string baseUrl)
    {
        using var http = new HttpClient();
        var page = BundlePage.Read(await http.GetByteArrayAsync(baseUrl + "Patient?_count=1000"));
        return [.. page.Entries.Select(entry => PatientRecord.Read(entry.Resource)).Select(record => record.MainKey ?? new PatientKey(baseUrl + "Patient", record.Id!))];
    }

    private static bool OfNobody(JsonElement resource) =>
        resource.TryGetProperty("patient", out var patient) && patient.TryGetProperty("reference", out var reference)
        && reference.GetString() == "Patient/gecco-patient";

    private static List<JsonElement> Facts(byte[] content) => [.. Resources(content).Where(IsFact)];

    private static bool IsFact(JsonElement resource) =>
        TypeOf(resource) is not ("Patient" or "Practitioner" or "PractitionerRole" or "Organization" or "Medication" or "Binary" or "Device" or "Location")
        && !resource.GetRawText().Contains("\"entered-in-error\"", StringComparison.Ordinal);

    private static string? TypeOf(JsonElement resource) => resource.GetProperty("resourceType").GetString();

    private static List<JsonElement> Resources(byte[] content)
    {
        var root = JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0)).RootElement;
        return TypeOf(root) == "Bundle" ? [.. root.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource"))] : [root];
    }

    private static byte[] Content(string file)
    {
        var folder = Folder();
        Skip.If(folder is null, "../shared/data is not beside the repository");
        return File.ReadAllBytes(Path.Combine(folder, file));
    }

    private static string? Folder()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (!File.Exists(Path.Combine(here.FullName, "DmpFederation.sln")))
                continue;
            var data = Path.Combine(here.FullName, "..", "shared", "data");
            return Directory.Exists(data) ? Path.GetFullPath(data) : null;
        }
        return null;
    }
}
