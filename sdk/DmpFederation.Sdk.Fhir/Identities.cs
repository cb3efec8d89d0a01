using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>Business identifiers of a resource, and the patient identifier inside it.</summary>
internal static class Identities
{
    private const string Search = "Patient?identifier=";

    internal static IReadOnlyList<BusinessIdentifier> Of(Resource resource) =>
        [.. All(resource, "masterIdentifier").Concat(All(resource, "identifier"))];

    internal static PatientKey? Subject(Resource resource) =>
        Key(resource.Element("subject") as ResourceReference) ?? Key(resource.Element("patient") as ResourceReference);

    internal static IEnumerable<Identifier> Identifiers(this Base resource, string element) => resource.Element(element) switch
    {
        Identifier one => [one],
        IEnumerable<Base> several => several.OfType<Identifier>(),
        _ => [],
    };

    private static IEnumerable<BusinessIdentifier> All(Resource resource, string element) => resource.Identifiers(element)
        .Where(static identifier => !string.IsNullOrEmpty(identifier.Value))
        .Select(static identifier => new BusinessIdentifier(identifier.System ?? "", identifier.Value!));

    private static PatientKey? Key(ResourceReference? reference)
    {
        if (reference?.Identifier is { System.Length: > 0, Value.Length: > 0 } identifier)
            return new PatientKey(identifier.System, identifier.Value);
        // IHE MHD and PDSm write a search where they know only the identifier.
        if (reference?.Reference?.StartsWith(Search, StringComparison.Ordinal) != true)
            return null;
        var token = Uri.UnescapeDataString(reference.Reference[Search.Length..]);
        return !token.Contains('&', StringComparison.Ordinal) && token.Split('|', 2) is [{ Length: > 0 } system, { Length: > 0 } value]
            ? new PatientKey(system, value)
            : null;
    }
}
