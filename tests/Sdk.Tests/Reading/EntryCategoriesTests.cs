using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

public class EntryCategoriesTests
{
    private const string Loinc = "http://loinc.org";
    private const string Section = "http://terminology.hl7.org/CodeSystem/v2-0074";
    private const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";

    [Theory]
    [InlineData(Category, "vital-signs", EntryCategory.VitalSign)]
    [InlineData(Category, "laboratory", EntryCategory.LabResult)]
    [InlineData(Section, "CH", EntryCategory.LabResult)]
    [InlineData(Category, "social-history", EntryCategory.Other)]
    [InlineData(Category, "imaging", EntryCategory.Other)]
    [InlineData("http://example.org/local", "BIO", EntryCategory.LabResult)]
    public void A_stated_category_decides_where_an_observation_belongs(string system, string code, EntryCategory expected) =>
        EntryCategories.OfObservation([new Coding(system, code)], [new Coding(Loinc, "4548-4")], measured: true).Should().Be(expected);

    [Theory]
    [InlineData(Loinc, "29463-7", false, EntryCategory.VitalSign)]
    [InlineData("http://example.org/local", "29463-7", true, EntryCategory.LabResult)]
    [InlineData(Loinc, "4548-4", true, EntryCategory.LabResult)]
    [InlineData(Loinc, "72166-2", false, EntryCategory.Other)]
    [InlineData(null, null, true, EntryCategory.Other)]
    public void Without_a_category_code_and_measurement_decide(string? system, string? code, bool measured, EntryCategory expected) =>
        EntryCategories.OfObservation([], [new Coding(system, code, "label")], measured).Should().Be(expected);

    [Theory]
    [InlineData(Section, "LAB", EntryCategory.LabResult)]
    [InlineData(Section, "MB", EntryCategory.LabResult)]
    [InlineData(Section, "RAD", EntryCategory.Imaging)]
    [InlineData(Loinc, "LP29684-5", EntryCategory.Imaging)]
    [InlineData(Section, "PHY", EntryCategory.Document)]
    public void The_section_of_a_report_decides_where_it_belongs(string system, string code, EntryCategory expected) =>
        EntryCategories.OfDiagnosticReport([new Coding(system, code)], [new Coding(Loinc, "1-8")], hasResults: true).Should().Be(expected);

    [Theory]
    [InlineData("18748-4", false, EntryCategory.Imaging)]
    [InlineData("11502-2", false, EntryCategory.LabResult)]
    [InlineData("51990-0", true, EntryCategory.LabResult)]
    [InlineData("34117-2", false, EntryCategory.Document)]
    public void A_report_without_section_is_filed_by_its_LOINC_code_and_results(string code, bool hasResults, EntryCategory expected) =>
        EntryCategories.OfDiagnosticReport([], [new Coding(Loinc, code)], hasResults).Should().Be(expected);
}
