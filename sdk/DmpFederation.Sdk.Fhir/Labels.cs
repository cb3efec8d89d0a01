using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>Confidentiality labels of a resource and of the document it comes from.</summary>
internal static class Labels
{
    internal static IReadOnlyList<string> Of(Resource resource, IReadOnlyList<string>? ofDocument)
    {
        IEnumerable<Hl7.Fhir.Model.Coding> codings = resource.Meta?.Security ?? [];
        if (resource.Element("securityLabel") is IEnumerable<Base> concepts)
            codings = codings.Concat(concepts.OfType<CodeableConcept>().SelectMany(static concept => concept.Coding));
        var labels = codings
            .Where(static coding => ConfidentialitySystems.Contains(coding.System) && !string.IsNullOrEmpty(coding.Code))
            .Select(static coding => coding.Code!)
            .Concat(ofDocument ?? []);
        if (resource is Composition && Texts.Of(resource.Element("confidentiality")) is { } confidentiality)
            labels = labels.Append(confidentiality);
        return [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
