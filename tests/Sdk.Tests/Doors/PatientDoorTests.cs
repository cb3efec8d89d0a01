using CsCheck;
using DmpFederation.Sdk.Fhir;
using DmpFederation.Sdk.Tests.Reading;
using FluentAssertions;
using Hl7.Fhir.Model;
using Xunit;

namespace DmpFederation.Sdk.Tests.Doors;

public class PatientDoorTests
{
    private static readonly EntryContext Context = new(new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"));

    private static readonly Gen<byte[]> RealBytes = Choices.Draw.Select(drawn => Bytes(new Choices(drawn)).Bytes);

    [Fact]
    public void The_traits_of_a_person_are_read_whatever_the_edition_the_order_and_the_escapes() => Choices.Draw.Sample(
        drawn =>
        {
            var (bytes, traits) = Bytes(new Choices(drawn));

            PatientTraits.FromJson(bytes).Should().BeEquivalentTo(
                traits, options => options.WithStrictOrderingFor(each => each.GivenNames).WithStrictOrderingFor(each => each.Keys));
        },
        iter: 3_000);

    [Fact]
    public void Any_resource_is_read_as_a_Patient_or_refused() => RandomResources.Any.Sample(
        resource =>
        {
            var bytes = FhirEntry.FromResource(resource, Context with { LocalId = "1" }).Resource;

            if (resource is Patient patient)
                PatientTraits.FromJson(bytes).BirthDate?.ToString().Should().Be(patient.BirthDate);
            else
                bytes.Invoking(other => PatientTraits.FromJson(other)).Should().Throw<EntryFormatException>().Which.Code.Should().Be("NOT_A_RESOURCE");
        },
        iter: 2_000);

    [Fact]
    public void A_Patient_cut_anywhere_is_refused() => Gen.Select(RealBytes, Gen.Double[0, 1]).Sample(
        (bytes, where) =>
        {
            var cut = bytes.AsMemory(0, (int)((bytes.TrimEnd() - 1) * where));

            cut.Invoking(part => PatientTraits.FromJson(part)).Should().Throw<EntryFormatException>().Which.Code.Should().Be("NOT_JSON");
        },
        iter: 1_000);

    [Fact]
    public void Changed_bytes_and_moved_pieces_are_read_or_refused_and_never_anything_else() =>
        Gen.Select(RealBytes, Gen.Select(Gen.Int, Gen.Byte).Array[0, 12], Gen.Int, Gen.Int, Gen.Int).Sample(
            (bytes, changes, from, length, to) =>
            {
                foreach (var (place, value) in changes)
                    bytes[(uint)place % (uint)bytes.Length] = value;
                ReadOrRefuse(bytes);

                var piece = bytes.AsSpan((int)((uint)from % bytes.Length));
                piece = piece[..(int)((uint)length % (piece.Length + 1))];
                var at = (int)((uint)to % bytes.Length);
                ReadOrRefuse([.. bytes.AsSpan(0, at), .. piece, .. bytes.AsSpan(at)]);
            },
            iter: 5_000);

    private static (byte[] Bytes, PatientTraits Traits) Bytes(Choices choices)
    {
        var (patient, traits) = new RandomPatient(choices).Make();
        return (JsonDisguise.Rewrite(FhirEntry.FromResource(patient, Context).Resource, choices), traits);
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            PatientTraits.FromJson(bytes).Keys.Should().NotContain(key => key.System.Length == 0 || key.Value.Length == 0);
        }
        catch (EntryFormatException refusal)
        {
            refusal.Code.Should().BeOneOf("NOT_JSON", "NOT_A_RESOURCE");
        }
    }
}
