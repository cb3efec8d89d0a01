using System.Text;
using System.Text.Json;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.Plugins.ReseauDiabete;
using DmpFederation.Sdk;
using FluentAssertions;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace DmpFederation.Plugins.Tests.ReseauDiabete;

/// <summary>What each heading of the network becomes.</summary>
public sealed class MappingTests : NetworkFixture
{
    private static NetworkRow Row(string rubric) => HbA1c(501) with { Rubric = rubric, Value = null, Unit = null };

    public static TheoryData<string, decimal?, decimal?, string?, string?, string, string, string> Headings => new()
    {
        { "HBA1C", 7.2m, null, "%", null, "Observation", "LabResult", "http://loinc.org|4548-4" },
        { "HBA1C", 55.2m, null, "mmol/mol", null, "Observation", "LabResult", "http://loinc.org|59261-8" },
        { "CREATININE", 84m, null, "µmol/L", null, "Observation", "LabResult", "http://loinc.org|14682-9" },
        { "DFG", 78m, null, "mL/min/1,73 m²", null, "Observation", "LabResult", "http://loinc.org|62238-1" },
        { "MICROALBUMINURIE", 22m, null, "mg/g", null, "Observation", "LabResult", "http://loinc.org|9318-7" },
        { "POIDS", 86.4m, null, "kg", null, "Observation", "VitalSign", "http://loinc.org|29463-7" },
        { "PA", 138m, 82m, "mmHg", null, "Observation", "VitalSign", "http://loinc.org|85354-9" },
        { "FOND_OEIL", null, null, null, null, "Procedure", "Procedure", "http://loinc.org|75492-9" },
        { "FOND_OEIL", null, null, null, "BGQP002", "Procedure", "Procedure", "urn:oid:1.2.250.1.215.300.1|BGQP002" },
        { "PIED", 2m, null, null, null, "Procedure", "Procedure", "http://snomed.info/sct|401191002" },
        { "ECG", null, null, null, null, "Procedure", "Procedure", "urn:oid:1.2.250.1.215.300.1|DEQP003" },
        { "EDUCATION", null, null, null, null, "Procedure", "Procedure", "http://snomed.info/sct|385805005" },
        { "VISITE", null, null, null, null, "Encounter", "Encounter", "http://terminology.hl7.org/CodeSystem/v3-ActCode|AMB" },
        { "PLAN_SOINS", null, null, null, null, "CarePlan", "CarePlan", "http://loinc.org|18776-5" },
        { "TRAITEMENT", null, null, null, "A10BA02", "MedicationStatement", "Medication", "http://www.whocc.no/atc|A10BA02" },
    };

    [Theory]
    [MemberData(nameof(Headings))]
    public async Task Each_heading_becomes_a_valid_resource_of_its_kind(
        string rubric, decimal? value, decimal? second, string? unit, string? code, string type, string category, string coded)
    {
        Export(10, Row(rubric) with { Value = value, Second = second, Unit = unit, Code = code, Label = "Libellé", Comment = "Commentaire" });
        var entry = (await Read(Open())).OfType<DossierEntry>().Single();
        entry.Category.ToString().Should().Be(category);
        $"{entry.Code!.System}|{entry.Code.Code}".Should().Be(coded);
        entry.Date.ToString().Should().Be("2026-02-03");
        entry.Author!.Id.Should().Be("899700000016");
        entry.Recorded.Should().Be(new DateTimeOffset(2026, 2, 4, 18, 30, 0, TimeSpan.FromHours(1)));
        entry.Subject.Should().Be(Key(1));
        entry.Version.Should().Be("1");
        Parse<Resource>(entry).TypeName.Should().Be(type);
    }

    [Fact]
    public async Task Blood_pressure_is_one_panel_of_two_components()
    {
        Export(10, Row("PA") with { Value = 138, Second = 82, Unit = "mmHg" });
        var entry = (await Read(Open())).OfType<DossierEntry>().Single();
        entry.Value!.Text.Should().Be("138/82 mmHg");
        var panel = Parse<Observation>(entry);
        panel.Component.Select(part => (part.Code!.Coding[0].Code, ((Quantity)part.Value!).Value, ((Quantity)part.Value!).Code))
            .Should().Equal(("8480-6", 138m, "mm[Hg]"), ("8462-4", 82m, "mm[Hg]"));
    }

    [Fact]
    public async Task The_grade_of_the_foot_is_its_outcome_and_a_fifth_grade_is_refused()
    {
        Export(10, Row("PIED") with { Value = 2, Label = "déformation" }, Row("PIED") with { Number = "502", Value = 4 });
        var items = await Read(Open());
        using var json = JsonDocument.Parse(items.OfType<DossierEntry>().Single().Resource);
        json.RootElement.GetProperty("outcome").GetProperty("text").GetString().Should().Be("Grade 2 : déformation");
        items.OfType<Unreadable>().Single().Code.Should().Be("CSV_NUMBER");
    }

    [Fact]
    public async Task A_result_below_what_the_method_sees_keeps_its_comparator()
    {
        Export(10, HbA1c(501) with { Rubric = "MICROALBUMINURIE", Unit = "mg/g", Value = 3 });
        Edit(10, "suivi", text => text.Replace(";3;;mg/g;", ";<3;;mg/g;", StringComparison.Ordinal));
        var value = (await Read(Open())).OfType<DossierEntry>().Single().Value!;
        (value.Comparator, value.Number, value.UnitCode).Should().Be(("<", 3m, "mg/g"));
    }

    [Fact]
    public async Task Traits_are_given_as_recorded_with_the_answer_and_on_demand()
    {
        Export(10, writer =>
        {
            writer.Add(Person());
            writer.Add(HbA1c(501));
        });
        var connector = Open();
        var found = (await Read(connector)).OfType<PatientFound>().Single();
        var asked = await ((IIdentityLookup)connector).FindTraitsAsync(Key(1), CancellationToken.None).SingleAsync();
        foreach (var traits in (PatientTraits[])[found.Traits, asked])
        {
            traits.Should().BeEquivalentTo(new { BirthName = "ÉTIENNE", UsedName = "DURAND", Sex = TraitSex.Female, BirthPlaceCode = "25056" });
            traits.GivenNames.Should().Equal("Aurélie", "Zoé");
            traits.BirthDate.ToString().Should().Be("1961-05-30");
            traits.Keys.Should().Equal(Key(1));
        }
        (await ((IIdentityLookup)connector).FindTraitsAsync(Key(2), CancellationToken.None).CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_preview_tells_the_kind_of_file_by_its_heading_when_its_name_does_not()
    {
        Export(10, writer =>
        {
            writer.Add(Person());
            writer.Add(HbA1c(501));
            writer.Add(HbA1c(502));
            writer.Add(HbA1c(501, 8m, version: 2));
            writer.Add(Withdrawn(HbA1c(502), 2));
        });
        (await Preview("a.csv", 10, "suivi")).OfType<DossierEntry>().Select(entry => $"{entry.LocalId} v{entry.Version}").Should().Equal("suivi/501 v2");
        (await Preview("b.csv", 10, "patients")).OfType<PatientFound>().Single().Traits.BirthName.Should().Be("ÉTIENNE");
        (await Preview("b.csv", 10, "patients")).OfType<SourceAsOf>().Should().ContainSingle();
    }

    [Fact]
    public async Task The_directory_lists_each_patient_once_by_part_and_goes_on_after_a_key()
    {
        Export(10, writer =>
        {
            for (var person = 1; person <= 1_203; person++)
            {
                writer.Add(Person(person));
                if (person % 2 == 0)
                    writer.Add(HbA1c(500 + person, person: person));
            }
            writer.Add(HbA1c(9_999, person: 5_000));
        });
        var directory = (IPatientDirectory)Open();
        var all = await directory.ListPatientsAsync(PatientPartition.All, null, CancellationToken.None).ToListAsync();
        all.Should().HaveCount(1_204).And.OnlyHaveUniqueItems();
        var parts = new List<PatientKey>();
        for (var part = 0; part < 3; part++)
            parts.AddRange(await directory.ListPatientsAsync(new PatientPartition(part, 3), null, CancellationToken.None).ToListAsync());
        parts.OrderBy(key => key.Value, StringComparer.Ordinal).Should().Equal(all);
        (await directory.ListPatientsAsync(PatientPartition.All, all[700], CancellationToken.None).ToListAsync()).Should().Equal(all.Skip(701));
    }

    /// <summary>Parsed and checked against the R4 model.</summary>
    private static T Parse<T>(DossierEntry entry)
        where T : Resource => new FhirJsonDeserializer().Deserialize<T>(Encoding.UTF8.GetString(entry.Resource.Span))!;

    private async Task<List<ReadItem>> Preview(string name, int week, string kind)
    {
        await using var file = File.OpenRead(PathOf(week, kind));
        return await new ReseauDiabetePlugin().PreviewAsync(name, file, CancellationToken.None).ToListAsync();
    }
}
