using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;

namespace DmpFederation.Sdk.Fhir;

/// <summary>The stay or consultation a resource belongs to.</summary>
internal static class Encounters
{
    /// <summary><c>Encounter/id</c> of <c>encounter</c>, <c>context.encounter</c> or <c>context</c>; null when there is none.</summary>
    internal static string? LocalIdOf(Resource resource) => LocalIdOf(resource.Element("context")) ?? LocalIdOf(resource.Element("encounter"));

    private static string? LocalIdOf(object? element)
    {
        switch (element)
        {
            case ResourceReference { Reference: { Length: > 0 } reference }:
                return new ResourceIdentity(new Uri(reference, UriKind.RelativeOrAbsolute)) is { ResourceType: "Encounter", Id: { Length: > 0 } id }
                    ? $"Encounter/{id}"
                    : null;
            case ResourceReference:
                return null;
            case IEnumerable<Base> several:
                return LocalIdOf(several.OfType<ResourceReference>().FirstOrDefault(static one => !string.IsNullOrEmpty(one.Reference)));
            case Base context:
                return LocalIdOf(context.Element("encounter"));
            default:
                return null;
        }
    }
}
