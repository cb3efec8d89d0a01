using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Readme;

public class ReadmeTests
{
    private static readonly PatientKey Key = new(PatientKeySystems.InsNirTest, "279035121518989");

    [Theory]
    [InlineData("DmpFederation.Sdk", "CareNoteConnector.cs")]
    [InlineData("DmpFederation.Sdk.Fhir", "LabValue.cs")]
    public void The_example_of_a_readme_is_code_that_is_compiled_and_run_here(string package, string source)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "sdk", package, "README.md"));
        var code = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Sdk.Tests", "Readme", source));

        Lines(Between(readme, "```csharp\n", "```")).Should().Equal(Lines(Between(code, "// README\n", "// end of README")));
    }

    [Fact]
    public async Task The_connector_of_the_readme_reads_entries_gaps_and_unknown_patients()
    {
        var folder = Directory.CreateTempSubdirectory("care-notes");
        try
        {
            var files = folder.CreateSubdirectory(Key.Value).FullName;
            await File.WriteAllTextAsync(Path.Combine(files, "1.json"), """{"resourceType":"Flag","id":"1","code":{"text":"Chute"}}""");
            await File.WriteAllTextAsync(Path.Combine(files, "2.json"), "not json");
            await using var connector = new CareNotePlugin().Open(new SourceContext
            {
                SourceId = "notes",
                Settings = new SourceSettings(new Dictionary<string, string> { ["folder"] = folder.FullName }),
                Http = new HttpClient(),
                Clock = TimeProvider.System,
                PatientKeySystems = [PatientKeySystems.InsNirTest],
                StateFolder = folder.FullName,
            });

            await connector.ProbeAsync(CancellationToken.None);
            var items = await connector
                .ReadAsync(new ReadRequest([new PatientQuery(Key), new PatientQuery(Key with { Value = "unknown" })]), CancellationToken.None)
                .ToListAsync();

            items.OfType<DossierEntry>().Should().ContainSingle().Which.Title.Should().Be("Chute");
            items.OfType<Unreadable>().Should().ContainSingle().Which.Code.Should().Be("NOT_JSON");
            items.OfType<PatientUnknown>().Should().ContainSingle();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_result_of_the_readme_is_a_laboratory_result()
    {
        var entry = LabValue.HbA1c(Key, "2009-42", 7.4m, new DateOnly(2009, 3, 12));

        entry.Category.Should().Be(EntryCategory.LabResult);
        entry.Title.Should().Be("Hémoglobine A1c");
        entry.Value!.Number.Should().Be(7.4m);
        entry.Date.Should().Be(FhirDate.Parse("2009-03-12"));
        entry.LocalId.Should().Be("2009-42");
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
