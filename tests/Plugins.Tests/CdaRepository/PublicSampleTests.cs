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
            entries.Should().NotContain(entry => entry != document && entry.DocumentLocalId != document.LocalId, name);
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

    [SkippableTheory]
    [InlineData("BIO-CR-BIO_2021.01_Auto-Presentable", EntryCategory.LabResult, 11)]
    [InlineData("BIO-CR-BIO_2024.01_Electrophorese", EntryCategory.LabResult, 64)]
    [InlineData("BIO-CR-BIO_2024.01_Microbiologie", EntryCategory.LabResult, 14)]
    [InlineData("BIO-CR-BIO_2024.01_TSH_1", EntryCategory.LabResult, 2)]
    [InlineData("BIO-TROD_2024.01_Angine", EntryCategory.LabResult, 1)]
    [InlineData("CR-BIO_2021.01_Microbiologie_V1", EntryCategory.LabResult, 14)]
    [InlineData("VSM_1.4", EntryCategory.Condition, 4)]
    [InlineData("VSM_1.4", EntryCategory.Allergy, 1)]
    [InlineData("VSM_1.4", EntryCategory.Medication, 2)]
    [InlineData("VSM_1.4", EntryCategory.Procedure, 1)]
    [InlineData("IPS-FR", EntryCategory.Condition, 7)]
    [InlineData("IPS-FR", EntryCategory.Allergy, 2)]
    [InlineData("IPS-FR", EntryCategory.Immunization, 2)]
    [InlineData("IPS-FR", EntryCategory.VitalSign, 2)]
    [InlineData("IPS-FR", EntryCategory.LabResult, 1)]
    [InlineData("IPS-FR", EntryCategory.Imaging, 1)]
    [InlineData("VAC_2023", EntryCategory.Immunization, 4)]
    [InlineData("eDISP-MED", EntryCategory.Medication, 2)]
    [InlineData("eP-MED-DM_2024", EntryCategory.Medication, 2)]
    [InlineData("CANCER-FRCP_2022", EntryCategory.CarePlan, 1)]
    [InlineData("CANCER-FRCP_2021", EntryCategory.CarePlan, 1)]
    [InlineData("CANCER-PPS", EntryCategory.CarePlan, 1)]
    [InlineData("CNAM-HR", EntryCategory.Medication, 3)]
    [InlineData("CNAM-HR", EntryCategory.Immunization, 3)]
    [InlineData("CNAM-HR", EntryCategory.Reimbursement, 2)]
    [InlineData("CNAM-HR", EntryCategory.Encounter, 2)]
    [InlineData("CNAM-HR", EntryCategory.Procedure, 15)]
    [InlineData("OBP-SAP", EntryCategory.Encounter, 4)]
    [InlineData("CSE-MDE", EntryCategory.VitalSign, 3)]
    [InlineData("IMG_CR_IMG", EntryCategory.Imaging, 3)]
    [InlineData("LDL-SES", EntryCategory.Medication, 2)]
    public async Task The_facts_counted_in_the_xml_are_the_facts_read(string sample, EntryCategory category, int count)
    {
        var entries = await PublicSamples.EntriesOfAsync(sample);
        entries.Count(entry => entry.Category == category).Should().Be(count);
    }

    [SkippableFact]
    public async Task The_TSH_of_the_sample_has_its_value_unit_range_and_flag()
    {
        var entries = await PublicSamples.EntriesOfAsync("BIO-CR-BIO_2024.01_TSH_1");
        var tsh = entries.Single(entry => entry.Code is { System: "http://loinc.org", Code: "3016-3" });
        tsh.Title.Should().Be("Thyréostimuline (TSH)");
        tsh.Date.ToString().Should().Be("2014-04-02T14:55:21+02:00");
        tsh.Value.Should().Be(new EntryValue
        {
            Number = 1.950m,
            Unit = "m[IU]/L",
            UnitCode = "m[IU]/L",
            ReferenceLow = 0.270m,
            ReferenceHigh = 4.200m,
            Interpretation = "N",
        });
        var freeThyroxine = entries.Single(entry => entry.Code is { Code: "3024-7" });
        freeThyroxine.Value.Should().BeEquivalentTo(new { Number = 7.67m, Unit = "pg/mL", ReferenceLow = 9.30m, ReferenceHigh = 17.00m, Interpretation = "L" });
        tsh.Json().GetProperty("valueQuantity").GetProperty("value").GetRawText().Should().Be("1.950", "digits are kept as recorded");
        tsh.Json().GetProperty("method").GetProperty("text").GetString().Should().Be("(ECL Modular)");
    }

    [SkippableFact]
    public async Task A_one_sided_interval_of_the_antibiogram_is_a_comparison()
    {
        var entries = await PublicSamples.EntriesOfAsync("BIO-CR-BIO_2024.01_Microbiologie");
        var first = entries.First(entry => entry.Code is { Code: "20-8" });
        first.Value.Should().BeEquivalentTo(new { Number = 0.512m, Comparator = ">=", Unit = "ug/mL", Interpretation = "R" });
        first.Json().GetProperty("specimen").GetProperty("display").GetString().Should().Contain("coli");
    }

    [SkippableFact]
    public async Task A_summary_has_its_problems_with_codes_and_dates_and_no_problem_of_the_family()
    {
        var entries = await PublicSamples.EntriesOfAsync("VSM_1.4");
        entries.Where(entry => entry.Category == EntryCategory.Condition).Select(entry => $"{entry.Code!.Code} {entry.Date} {entry.Status}")
            .Should().Equal("G45.9 2019-08-11 active", "I20.0 2019-08-11 active", "N10 2018-04-22 resolved", "I21.1 2018-01-14 resolved");
        entries.Should().NotContain(entry => entry.Category == EntryCategory.Condition && entry.Code!.Code == "D57.1");
        var plavix = entries.First(entry => entry.Category == EntryCategory.Medication);
        plavix.Codings.Select(coding => coding.Code).Should().Contain(["63564053", "3400938022209"]);
        plavix.Value!.Text.Should().Contain("2 tablet").And.Contain("Voie orale");
    }

    [SkippableFact]
    public async Task A_dispensed_box_has_its_CIP13_its_ATC_code_its_number_of_boxes_and_its_day()
    {
        var entries = await PublicSamples.EntriesOfAsync("eDISP-MED");
        var box = entries.First(entry => entry.Category == EntryCategory.Medication);
        box.Codings.Should().Contain(coding => coding.System == "urn:oid:1.2.250.1.213.2.3.2" && coding.Code == "3400933516390");
        box.Codings.Should().Contain(coding => coding.System == "http://www.whocc.no/atc" && coding.Code == "N02BE01");
        box.Value!.Number.Should().Be(2);
        box.Date.ToString().Should().StartWith("2024-12-25");
    }

    [SkippableFact]
    public async Task A_meeting_sheet_has_its_proposition_its_headings_and_its_stage()
    {
        var entries = await PublicSamples.EntriesOfAsync("CANCER-FRCP_2022");
        var plan = entries.Single(entry => entry.Category == EntryCategory.CarePlan);
        var notes = plan.Json().GetProperty("note").EnumerateArray().Select(note => note.GetProperty("text").GetString()!).ToList();
        notes.Should().Contain(note => note.StartsWith("PROPOSITION DE LA RCP", StringComparison.Ordinal));
        notes.Should().Contain(note => note.StartsWith("MODE DE DÉCOUVERTE DU CANCER", StringComparison.Ordinal));
        entries.Single(entry => entry.Code is { Code: "21905-5" }).Value!.Coding!.Code.Should().Be("T1b");
    }

    [SkippableFact]
    public async Task An_unticked_risk_is_not_a_diagnosis_and_a_refuted_one_says_so()
    {
        var entries = await PublicSamples.EntriesOfAsync("AVC-PAVC");
        entries.Should().NotContain(entry => entry.Category == EntryCategory.Condition && entry.Code!.Code == "E14");
        var paralysis = entries.Single(entry => entry.Code is { Code: "44695005" });
        paralysis.Status.Should().Be("refuted");
        paralysis.Title.Should().Be("Absence : paralysie");
    }

    [SkippableFact]
    public async Task A_large_document_reads_fast_and_keeps_its_content_out_of_the_entry()
    {
        var entries = await PublicSamples.EntriesOfAsync("OPH-CR-RTN");
        var attachment = entries.Single().Json().GetProperty("content")[0].GetProperty("attachment");
        attachment.TryGetProperty("data", out _).Should().BeFalse();
        attachment.GetProperty("size").GetInt32().Should().BeGreaterThan(1_700_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await PublicSamples.EntriesOfAsync("OPH-CR-RTN");
        output.WriteLine($"1.7 MB in {watch.ElapsedMilliseconds} ms");
    }

    [SkippableFact]
    public async Task A_level_1_document_shows_its_PDF()
    {
        var entries = await PublicSamples.EntriesOfAsync("BIO-CR-BIO_2021.01_CDA-R2-Niveau-1");
        var attachment = entries.Single().Json().GetProperty("content")[0].GetProperty("attachment");
        attachment.GetProperty("contentType").GetString().Should().Be("application/pdf");
        attachment.GetProperty("size").GetInt32().Should().BeGreaterThan(100_000);
    }

    [SkippableFact]
    public async Task The_envelope_says_what_the_hub_would_read_from_the_resource()
    {
        PublicSamples.SkipWhenAbsent();
        var differences = new List<string>();
        foreach (var path in PublicSamples.Files)
        {
            foreach (var entry in (await PublicSamples.PreviewAsync(path)).OfType<DossierEntry>())
            {
                var read = DossierEntry.FromJson(entry.Resource, new EntryContext(entry.FiledUnder, entry.LocalId, entry.DocumentLocalId));
                Compare("category", entry.Category, read.Category);
                Compare("code", entry.Code?.Code, read.Code?.Code);
                Compare("date", entry.Date, read.Date);
                Compare("number", entry.Value?.Number, read.Value?.Number);
                Compare("unit", entry.Value?.UnitCode, read.Value?.UnitCode);
                Compare("subject", entry.Subject, read.Subject);
                Compare("title", entry.Title, read.Title);
                Compare("status", entry.Status, read.Status);

                void Compare<T>(string what, T own, T other)
                {
                    var type = entry.Json().GetProperty("resourceType").GetString();
                    // Types the SDK reads as Other, and what a label says beyond the code: that a problem is absent.
                    if (type is "Goal" or "FamilyMemberHistory" or "DeviceUseStatement" or "DeviceRequest" || (type, what) is ("Condition", "title"))
                        return;
                    if (!EqualityComparer<T>.Default.Equals(own, other))
                        differences.Add($"{type} {what}: {own} / {other}");
                }
            }
        }
        // One genetics report words its heading in more than 200 characters; the label falls back on the code's display.
        differences.Should().HaveCountLessThan(2, string.Join('\n', differences.Take(20)));
    }
}
