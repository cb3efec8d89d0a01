using System.Text;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests.Reading;

/// <summary>The stay a fact belongs to, by the reference its resource states.</summary>
public sealed class EncounterTests
{
    private static readonly EntryContext Context = new(new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"));

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"Encounter/s1"}}""", "Encounter/s1")]
    [InlineData(
        """{"resourceType":"Observation","id":"1","encounter":{"display":"x","reference":"http://h/fhir/Encounter/s1/_history/4"}}""",
        "Encounter/s1")]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"Encounter\/s1"}}""", "Encounter/s1")]
    [InlineData("""{"encounter":{"reference":"Encounter/é1"},"resourceType":"Condition","id":"1"}""", "Encounter/é1")]
    [InlineData(
        """{"resourceType":"DocumentReference","id":"1","context":{"period":{"start":"2009"},"encounter":[{"reference":"Encounter/a"},{"reference":"Encounter/b"}]}}""",
        "Encounter/a")]
    [InlineData("""{"resourceType":"MedicationDispense","id":"1","context":{"reference":"Encounter/s1"}}""", "Encounter/s1")]
    [InlineData("""{"resourceType":"MedicationDispense","id":"1","context":{"reference":"EpisodeOfCare/s1"}}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"#s1"}}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"Encounter?identifier=x"}}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"Encounter/"}}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":{"reference":"NotEncounter/1"}}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1","encounter":7}""", null)]
    [InlineData("""{"resourceType":"Observation","id":"1"}""", null)]
    public void The_reference_to_the_stay_gives_its_local_id(string resource, string? localId)
    {
        DossierEntry.FromJson(Encoding.UTF8.GetBytes(resource), Context).EncounterLocalId.Should().Be(localId);
        DossierEntry.FromJson(Encoding.UTF8.GetBytes("  " + resource + ",{}"), Context, out _).EncounterLocalId.Should().Be(localId);
        DossierEntry.FromJson(Encoding.UTF8.GetBytes(" \n" + resource), Context).EncounterLocalId.Should().Be(localId);
    }

    [Fact]
    public void The_period_of_a_document_is_read_beside_its_stay() => DossierEntry.FromJson(
        """{"resourceType":"DocumentReference","id":"1","context":{"encounter":[{"reference":"Encounter/a"}],"period":{"start":"2009-03"}}}"""u8.ToArray(),
        Context)
        .Date.Should().Be(FhirDate.Parse("2009-03"));

    [Fact]
    public void What_a_connector_says_itself_counts() => new DossierEntry
    {
        LocalId = "1",
        FiledUnder = Context.FiledUnder,
        Category = EntryCategory.Procedure,
        Resource = "{}"u8.ToArray(),
        Title = "x",
        EncounterLocalId = "stay 7",
    }.EncounterLocalId.Should().Be("stay 7");
}
