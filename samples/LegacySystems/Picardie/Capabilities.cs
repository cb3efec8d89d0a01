using System.Text.Json.Nodes;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>The server's CapabilityStatement: what it holds and how it can be asked.</summary>
internal static class Capabilities
{
    private static readonly HashSet<string> WithoutPatient =
        ["Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Binary", "Device", "Endpoint", "HealthcareService"];

    private static readonly string[] Interactions = ["read", "vread", "update", "delete", "history-instance", "create", "search-type"];

    public static JsonObject Of(IReadOnlyList<string> types) => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = "2009-04-30",
        ["kind"] = "instance",
        ["implementation"] = new JsonObject { ["description"] = "Dossier Santé Picardie (système de démonstration)" },
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("application/fhir+json"),
        ["rest"] = new JsonArray(new JsonObject
        {
            ["mode"] = "server",
            ["resource"] = new JsonArray([.. types.Union(TakenFacts.Types).Order(StringComparer.Ordinal).Select(Resource)]),
            ["interaction"] = new JsonArray(new JsonObject { ["code"] = "history-system" }),
        }),
    };

    private static JsonNode Resource(string type)
    {
        var parameters = SearchFilters.Declared.ToList();
        if (!WithoutPatient.Contains(type) && type != "Patient")
            parameters.AddRange([("patient", "reference"), ("subject", "reference")]);
        var resource = new JsonObject
        {
            ["type"] = type,
            ["interaction"] = new JsonArray([.. Interactions.Select(code => new JsonObject { ["code"] = code })]),
            ["versioning"] = "versioned",
            ["searchParam"] = new JsonArray([.. parameters.Select(each => new JsonObject { ["name"] = each.Name, ["type"] = each.Type })]),
        };
        if (TakenFacts.Types.Contains(type))
            resource["conditionalCreate"] = true;
        if (type is "MedicationRequest" or "MedicationDispense" or "MedicationStatement")
            resource["searchInclude"] = new JsonArray(type + ":medication");
        if (type == "Patient")
            resource["operation"] = new JsonArray(new JsonObject
            {
                ["name"] = "everything",
                ["definition"] = "http://hl7.org/fhir/OperationDefinition/Patient-everything",
            });
        return resource;
    }
}
