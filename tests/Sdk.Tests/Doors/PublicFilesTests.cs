using System.Text;
using System.Text.Json;
using DmpFederation.Sdk.Fhir;
using FluentAssertions;
using Hl7.Fhir.Serialization;
using Xunit;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>The public FHIR files that lie beside the repository on the machines that have them.</summary>
public class PublicFilesTests
{
    private static readonly FhirJsonDeserializer Parser = new();

    [SkippableTheory]
    [InlineData("fhir-ips", 150)]
    [InlineData("fhir-synthea-r4", 1500)]
    [InlineData("fhir-pdsm4dmp", 4)]
    [InlineData("fhir-fr-core", 3)]
    public void Every_resource_of_the_public_files_has_the_same_envelope_through_both_doors(string folder, int atLeast)
    {
        var root = Path.Combine(Repository.Root, "..", "shared", "data", folder);
        Skip.IfNot(Directory.Exists(root), "The public sample files are not on this machine.");
        var count = 0;

        foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var resource in Resources(document.RootElement))
            {
                var context = new EntryContext(new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"), LocalId: $"entry-{count++}");
                var bytes = Encoding.UTF8.GetBytes(resource.GetRawText());
                var fromBytes = DossierEntry.FromJson(bytes, context);
                Parser.TryDeserializeResource(resource.GetRawText(), out var parsed, out _);

                Envelope.Of(fromBytes).Should().Be(Envelope.Of(FhirEntry.FromResource(parsed!, context)), "of {0}", Path.GetFileName(file));
                fromBytes.Title.Should().NotBeNullOrWhiteSpace();
            }
        }

        count.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    private static IEnumerable<JsonElement> Resources(JsonElement root) => root.TryGetProperty("entry", out var entries)
        ? entries.EnumerateArray().Where(entry => entry.TryGetProperty("resource", out _)).Select(entry => entry.GetProperty("resource"))
        : [root];
}
