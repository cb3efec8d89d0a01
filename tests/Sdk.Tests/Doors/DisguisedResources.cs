using CsCheck;
using DmpFederation.Sdk.Fhir;
using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Tests.Doors;

/// <summary>Bytes of random resources, written as some writer may write the same content.</summary>
internal static class DisguisedResources
{
    /// <summary>Filed under a patient of the test range; nothing else is known beside the bytes.</summary>
    public static readonly EntryContext Context = new(new PatientKey(PatientKeySystems.InsNirTest, "279035121518989"));

    public static readonly Gen<byte[]> Any = Gen.Select(Choices.Draw, RandomResources.Any, (drawn, resource) => Of(resource, new Choices(drawn)));

    public static byte[] Of(Resource resource, Choices choices) => JsonDisguise.Rewrite(FhirEntry.FromResource(resource, Context).Resource, choices);
}
