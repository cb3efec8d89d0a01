using DmpFederation.Plugins.CdaRepository.Tests;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

/// <summary>The public example of the model CNAM-HR, where it is present beside the repository.</summary>
public sealed class PublicHistoryTests
{
    [SkippableFact]
    public async Task Every_line_of_the_public_example_is_read_with_its_code_and_day()
    {
        var entries = await ReadAsync();
        entries.Select(Histories.Told).Should().Equal(
            "Medication 2019-05-26 urn:oid:1.2.250.1.213.2.3.2|3400935673220",
            "Medication 2019-03-11 urn:oid:1.2.250.1.213.2.3.2|3400939169002",
            "Medication 2019-03-08 urn:oid:1.2.250.1.215.200.1.1.2|9064295",
            "Immunization 2019-07-11 urn:oid:1.2.250.1.213.2.3.2|3400932857241",
            "Immunization 2019-07-08 urn:oid:1.2.250.1.213.2.3.2|3400936924642",
            "Immunization 2019-06-26 urn:oid:1.2.250.1.213.2.3.2|3400932857241",
            "Reimbursement 2019-07-11 urn:oid:1.2.250.1.215.200.2.1|3408693",
            "Reimbursement 2019-05-28 urn:oid:1.2.250.1.215.200.2.1|1397790",
            "Encounter 2019-05-15 http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP",
            "Encounter 2019-04-12 http://terminology.hl7.org/CodeSystem/v3-ActCode|IMP",
            "Procedure 2019-07-11 urn:oid:1.2.250.1.215.200.3.3|G",
            "Procedure 2019-07-08 urn:oid:1.2.250.1.215.200.3.3|G",
            "Procedure 2019-06-26 urn:oid:1.2.250.1.215.200.3.3|G",
            "Procedure 2019-05-25 urn:oid:1.2.250.1.215.200.3.3|FTR",
            "Procedure 2019-03-11 urn:oid:1.2.250.1.215.200.3.3|G",
            "Procedure 2019-03-08 urn:oid:1.2.250.1.215.200.3.3|G",
            "Procedure 2019-02-08 urn:oid:1.2.250.1.215.300.1|HBMD053",
            "Procedure 2019-01-21 urn:oid:1.2.250.1.215.300.1|BJQP002",
            "Procedure 2019-05-15 urn:oid:1.2.250.1.215.300.1|YYYY300",
            "Procedure 2019-04-30 urn:oid:1.2.250.1.215.300.1|QEQJ001",
            "Procedure 2019-04-30 urn:oid:1.2.250.1.215.300.1|YYYY600",
            "Procedure 2019-06-11 urn:oid:1.2.250.1.213.2.7|1208",
            "Procedure 2019-06-11 urn:oid:1.2.250.1.213.2.7|9105",
            "Procedure 2019-05-15 urn:oid:1.2.250.1.213.2.7|552",
            "Procedure 2019-05-15 urn:oid:1.2.250.1.213.2.7|1208");
        entries.Should().OnlyContain(entry => entry.FiledUnder == Histories.Patient && entry.Subject == Histories.Patient && entry.DocumentLocalId == null);
        entries.Select(entry => entry.LocalId).Should().OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task A_box_counts_boxes_and_keeps_its_group_and_who_delivered_it()
    {
        var box = (await ReadAsync())[0];
        box.LocalId.Should().Be("D93E0545-3313-4C89-9DFB-CC5E64BE46D5");
        box.Codings.Should().Contain(coding => coding.System == "http://www.whocc.no/atc" && coding.Code == "G03");
        box.Value.Should().Be(new EntryValue { Number = 1, Unit = "boîte" });
        var resource = box.Json();
        resource.GetProperty("resourceType").GetString().Should().Be("MedicationDispense");
        resource.GetProperty("quantity").GetProperty("code").GetString().Should().Be("30009000");
        resource.GetProperty("whenHandedOver").GetString().Should().Be("2019-05-26");
        box.Author!.OrganizationName.Should().Be("CLINIQUE SAINTE GENEVIEVE");
        resource.GetProperty("note")[1].GetProperty("text").GetString().Should().Be("Prescrit par DR Antoine DUPONT le 26/05/2019");
    }

    [SkippableFact]
    public async Task A_paid_vaccine_says_that_nobody_saw_the_injection()
    {
        var vaccine = (await ReadAsync())[3].Json();
        vaccine.GetProperty("resourceType").GetString().Should().Be("Immunization");
        vaccine.GetProperty("status").GetString().Should().Be("completed");
        vaccine.GetProperty("primarySource").GetBoolean().Should().BeFalse();
        vaccine.GetProperty("reportOrigin").GetProperty("text").GetString().Should().Contain("Remboursement");
        vaccine.GetProperty("vaccineCode").GetProperty("coding")[1].GetProperty("code").GetString().Should().Be("J07AM01");
    }

    [SkippableFact]
    public async Task A_stay_has_its_class_its_bounds_and_its_structure()
    {
        var stay = (await ReadAsync())[8];
        var resource = stay.Json();
        resource.GetProperty("class").GetProperty("code").GetString().Should().Be("IMP");
        resource.GetProperty("period").GetProperty("start").GetString().Should().Be("2019-05-15");
        resource.GetProperty("period").GetProperty("end").GetString().Should().Be("2019-05-30");
        resource.GetProperty("serviceProvider").GetProperty("identifier").GetProperty("value").GetString().Should().Be("1750300550");
        resource.GetProperty("type")[0].GetProperty("coding")[1].GetProperty("code").GetString().Should().Be("1940", "the group of the stay is kept");
        stay.Author!.OrganizationId.Should().Be("1750300550");
        stay.LocalId.Should().Be("stay/20190515/2.16.840.1.113883.5.4|IMP/1");
    }

    [SkippableFact]
    public async Task Acts_of_biology_and_radiology_say_that_they_hold_no_result()
    {
        var entries = await ReadAsync();
        Category(entries[21]).Should().Be("Acte de biologie remboursé");
        Category(entries[19]).Should().Be("Acte d'imagerie remboursé");
        Category(entries[10]).Should().Be("Acte remboursé");
        entries[21].Json().GetProperty("note")[0].GetProperty("text").GetString().Should().Contain("son résultat n'est pas connu ici");
        entries[21].LocalId.Should().Be("act/20190611/1.2.250.1.213.2.7|1208/1");
        entries.Should().NotContain(entry => entry.Category == EntryCategory.LabResult || entry.Category == EntryCategory.Imaging || entry.Category == EntryCategory.Document);
    }

    private static string? Category(DossierEntry entry) => entry.Json().GetProperty("category").GetProperty("text").GetString();

    private static async Task<List<DossierEntry>> ReadAsync()
    {
        PublicSamples.SkipWhenAbsent();
        var path = PublicSamples.Files.First(file => Path.GetFileName(file).StartsWith("CNAM-HR", StringComparison.Ordinal));
        return await Histories.EntriesAsync(await File.ReadAllTextAsync(path));
    }
}
