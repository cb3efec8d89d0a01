using System.Globalization;
using System.Text;
using DmpFederation.Sdk;
using FluentAssertions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;
using Xunit.Abstractions;
using Task = System.Threading.Tasks.Task;

namespace DmpFederation.Plugins.CdaRepository.Tests;

public sealed class PublicSampleTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Every_public_sample_yields_its_document_and_valid_resources()
    {
        PublicSamples.SkipWhenAbsent();
        var table = new StringBuilder();
        var parser = new FhirJsonDeserializer();
        var broken = new List<string>();
        foreach (var path in PublicSamples.Files)
        {
            var name = Path.GetFileName(path);
            var items = await PublicSamples.PreviewAsync(path);
            items.Should().AllBeOfType<DossierEntry>(name);
            var entries = items.Cast<DossierEntry>().ToList();
            var document = entries.Single(entry => entry.Category == EntryCategory.Document);
            document.Title.Should().NotBeNullOrWhiteSpace(name);
            document.Code.Should().NotBeNull(name);
            document.Date.Should().NotBeNull(name);
            entries.Select(entry => entry.LocalId).Should().OnlyHaveUniqueItems(name);
            entries.Should().OnlyContain(entry => entry.Title.Length > 0 && entry.FiledUnder == document.FiledUnder, name);
            entries.Where(entry => entry != document).Should().OnlyContain(entry => entry.DocumentLocalId == document.LocalId, name);
            foreach (var entry in entries)
            {
                try
                {
                    parser.Deserialize<Resource>(Encoding.UTF8.GetString(entry.Resource.Span));
                }
                catch (DeserializationFailedException fault)
                {
                    broken.Add($"{name} {entry.LocalId}: {fault.Message}");
                }
            }
            var counts = entries.CountBy(entry => entry.Category).OrderBy(count => count.Key)
                .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}"));
            table.AppendLine(CultureInfo.InvariantCulture, $"{name,-52} {string.Join(" · ", counts)}");
        }
        output.WriteLine(table.ToString());
        broken.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Dump()
    {
        PublicSamples.SkipWhenAbsent();
        var all = new StringBuilder();
        foreach (var path in PublicSamples.Files)
        {
            all.AppendLine("=== " + Path.GetFileName(path));
            foreach (var e in (await PublicSamples.PreviewAsync(path)).OfType<DossierEntry>())
                all.AppendLine(CultureInfo.InvariantCulture, $"  {e.Category} | {e.Title} | {e.Code?.System} {e.Code?.Code} | {e.Date} | {e.Status} | {e.Value?.Comparator}{e.Value?.Number} {e.Value?.Unit} {e.Value?.Text} {e.Value?.Coding?.Code} [{e.Value?.ReferenceLow}..{e.Value?.ReferenceHigh}] {e.Value?.Interpretation} | {e.Author?.Name} | {e.LocalId}\n        {(e.Category == EntryCategory.Document ? "" : Encoding.UTF8.GetString(e.Resource.Span))}");
        }
        await File.WriteAllTextAsync("/tmp/cda-dump.txt", all.ToString());
    }
}
