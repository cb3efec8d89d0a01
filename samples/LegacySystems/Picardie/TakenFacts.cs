using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>
/// Which facts this region takes from others, and what they must say: the elements FHIR R4 requires, and a patient who has a record here. A record is
/// opened by an admission, never by a fact.
/// </summary>
internal static class TakenFacts
{
    /// <summary>Taken beside facts, from the region's own programs: people, places, medicines, pages.</summary>
    private static readonly FrozenSet<string> OwnTypes = ["Patient", "Practitioner", "Organization", "Medication", "Binary"];

    /// <summary>The patient's element first; a name that ends in <c>[x]</c> is a choice of types.</summary>
    private static readonly FrozenDictionary<string, string[]> Required = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = ["patient"],
        ["Condition"] = ["subject"],
        ["DocumentReference"] = ["subject", "status", "content"],
        ["Encounter"] = ["subject", "status", "class"],
        ["Immunization"] = ["patient", "status", "vaccineCode", "occurrence[x]"],
        ["MedicationDispense"] = ["subject", "status", "medication[x]"],
        ["MedicationRequest"] = ["subject", "status", "intent", "medication[x]"],
        ["Observation"] = ["subject", "status", "code"],
        ["Procedure"] = ["subject", "status"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Types => Required.Keys;

    /// <exception cref="FhirFault">The type is not taken (404), or the fact lacks something (422).</exception>
    public static void Check(string type, JsonObject resource, Func<string, bool> isPatient)
    {
        if (OwnTypes.Contains(type))
            return;
        if (!Required.TryGetValue(type, out var elements))
            throw new FhirFault(404, "not-supported", "This region takes no resources of that type.");
        foreach (var element in elements)
        {
            if (!Has(resource, element))
                throw new FhirFault(422, "required", $"{type}.{element} is missing.");
        }
        const string start = "Patient/";
        var reference = (resource[elements[0]] as JsonObject)?["reference"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        if (!reference.StartsWith(start, StringComparison.Ordinal) || !isPatient(reference[start.Length..]))
            throw new FhirFault(422, "business-rule", $"{type}.{elements[0]} names no patient who has a record here.");
    }

    private static bool Has(JsonObject resource, string element) => element.EndsWith("[x]", StringComparison.Ordinal)
        ? resource.Any(each => each.Value is not null && each.Key.StartsWith(element[..^3], StringComparison.Ordinal))
        : resource[element] is not null and not JsonArray { Count: 0 };
}
