using CsCheck;
using DmpFederation.Sdk.Fhir;
using FluentAssertions;
using Hl7.Fhir.Serialization;
using Xunit;

namespace DmpFederation.Sdk.Tests.Doors;

public class TwoDoorsTests
{
    private static readonly EntryContext Context = new(
        new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"), DocumentLocalId: "doc-1", Confidentiality: ["V"]);

    private static readonly FhirJsonDeserializer Parser = new();

    [Fact]
    public void Reading_the_bytes_gives_the_envelope_of_the_object_model_whatever_the_order_and_escapes() =>
        Gen.Select(Choices.Draw, RandomResources.Any).Sample(
            (drawn, resource) =>
            {
                var fromModel = FhirEntry.FromResource(resource, Context);
                var disguised = JsonDisguise.Rewrite(fromModel.Resource, new Choices(drawn));

                var fromBytes = DossierEntry.FromJson(disguised, Context);

                Envelope.Of(fromBytes).Should().Be(Envelope.Of(fromModel));
            },
            iter: 4_000);

    [Fact]
    public void What_Hl7_parses_out_of_the_bytes_has_the_envelope_read_from_the_bytes() =>
        Gen.Select(Choices.Draw, RandomResources.Any).Sample(
            (drawn, resource) =>
            {
                var bytes = JsonDisguise.Rewrite(FhirEntry.FromResource(resource, Context).Resource, new Choices(drawn));
                var fromBytes = DossierEntry.FromJson(bytes, Context);

                Parser.TryDeserializeResource(System.Text.Encoding.UTF8.GetString(fromBytes.Resource.Span), out var parsed, out _);

                Envelope.Of(FhirEntry.FromResource(parsed!, Context)).Should().Be(Envelope.Of(fromBytes));
            },
            iter: 1_000);

    [Fact]
    public void An_entry_without_an_id_is_refused_by_both_doors()
    {
        var model = () => FhirEntry.FromResource(new Hl7.Fhir.Model.Flag(), Context);
        var bytes = () => DossierEntry.FromJson("""{"resourceType":"Flag"}"""u8.ToArray(), Context);

        model.Should().Throw<EntryFormatException>().Which.Code.Should().Be("NO_ID");
        bytes.Should().Throw<EntryFormatException>().Which.Code.Should().Be("NO_ID");
    }
}
