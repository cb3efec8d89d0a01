using System.Text;
using DmpFederation.Plugins.FhirServer;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.FhirServer;

public sealed class ReplayTests
{
    [Fact]
    public async Task A_resource_that_can_be_read_now_is_an_entry_of_the_items_patient()
    {
        var entry = (DossierEntry)await ReplayAsync(Bundles.Observation("1"), Bundles.Key);

        (entry.LocalId, entry.FiledUnder, entry.Category).Should().Be(("Observation/1", Bundles.Key, EntryCategory.LabResult));
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"Device/1"}}""", "NO_SUBJECT")]
    [InlineData("""{"resourceType":"Observation","subject":{"reference":"Patient/1"},"patient":{"reference":"Patient/2"}}""", "SUBJECT_AMBIGUOUS")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"reference":"#p"}}""", "NO_SUBJECT")]
    [InlineData("not json", "NOT_JSON")]
    public async Task One_that_a_search_would_refuse_is_still_unreadable(string resource, string code) =>
        ((Unreadable)await ReplayAsync(resource, Bundles.Key)).Code.Should().Be(code);

    [Fact]
    public async Task Nobody_is_made_the_patient_of_a_resource_that_names_none_and_was_filed_under_none() =>
        ((Unreadable)await ReplayAsync("""{"resourceType":"Observation","id":"1"}""", null)).Code.Should().Be("NO_SUBJECT");

    [Fact]
    public async Task A_patient_named_inside_counts_more_than_the_one_it_was_filed_under()
    {
        const string resource = """
            {"resourceType":"Observation","id":"1","code":{"text":"x"},
            "subject":{"reference":"Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|255069938600149"}}
            """;

        ((DossierEntry)await ReplayAsync(resource, Bundles.Key)).FiledUnder.Value.Should().Be("255069938600149");
    }

    private static ValueTask<ReadItem> ReplayAsync(string resource, PatientKey? patient) => new FhirServerPlugin().ReplayAsync(
        new Unreadable { Code = "NO_SUBJECT", Reason = "", Position = "entry[3]", Patient = patient, Raw = Encoding.UTF8.GetBytes(resource) },
        CancellationToken.None).SingleAsync();
}
