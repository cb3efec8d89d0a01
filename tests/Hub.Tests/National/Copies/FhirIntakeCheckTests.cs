using DmpFederation.Hub.National.Copies.Intake;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>What the national intake takes for FHIR R4, and what it says of the rest.</summary>
public sealed class FhirIntakeCheckTests
{
    private const string Code = "\"code\":{\"text\":\"x\"}";

    private readonly FhirIntakeCheck check = new();

    [Theory]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + "}")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + ",\"effectiveDateTime\":\"2009-03\",\"valueQuantity\":{\"value\":7.20}}")]
    [InlineData("{\"resourceType\":\"Basic\"," + Code + ",\"extension\":[{\"url\":\"http://example.org/x\",\"valueString\":\"y\"}]}")]
    public void What_is_R4_is_taken(string resource) => check.Check(ACopy.Bytes(resource)).Should().BeNull();

    [Theory]
    [InlineData("{\"resourceType\":\"Observation\"," + Code + "}", "status")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"Dupont\"," + Code + "}", "Observation.status")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + ",\"effectiveDateTime\":\"Dupont\"}", "Observation.effective")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + ",\"Dupont\":\"1\"}", "Observation")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + ",\"note\":[{\"text\":{\"Dupont\":1}}]}", "Observation.note.text")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + ",\"valueQuantity\":{\"value\":\"Dupont\"}}", "Observation.value")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":[{\"text\":\"Dupont\"}]}", "Observation.code")]
    [InlineData("{\"resourceType\":\"Dupont\"}", "PVAL130")]
    [InlineData("{\"Dupont\":1}", "JSON")]
    public void What_is_not_is_refused_with_the_place_and_nothing_of_what_stands_there(string resource, string place)
    {
        var fault = check.Check(ACopy.Bytes(resource));

        fault!.Code.Should().Be("FHIR_INVALID");
        fault.Reason.Should().Contain(place).And.NotContain("Dupont");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"resourceType\":\"Observation\"")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + "} {}")]
    [InlineData("{\"resourceType\":\"Observation\",\"status\":\"final\"," + Code + "} Dupont")]
    public void What_is_not_one_JSON_object_is_refused(string resource)
    {
        var fault = check.Check(ACopy.Bytes(resource));

        fault!.Code.Should().Be("FHIR_INVALID");
        fault.Reason.Should().NotContain("Dupont");
    }

    [Fact]
    public void A_resource_that_is_nested_without_end_or_is_no_text_is_refused()
    {
        check.Check(ACopy.Bytes(string.Concat(Enumerable.Repeat("{\"contained\":[", 50_000)))).Should().NotBeNull();
        check.Check([0x7B, 0xFF, 0xFE, 0x00, 0x7D]).Should().NotBeNull();
        check.Check([.. ACopy.Bytes("{\"resourceType\":\"Basic\",\"code\":{\"text\":\""), 0xFF, .. ACopy.Bytes("\"}}")]).Should().NotBeNull();
    }
}
