using System.Collections.Frozen;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Which FHIR R4 resource types are facts of a patient's dossier, and which categories a search of a type can yield.</summary>
internal static class FactTypes
{
    /// <summary>Searched when the server does not say what it holds.</summary>
    public static IReadOnlyList<string> Usual { get; } =
    [
        "AllergyIntolerance", "CarePlan", "Condition", "DiagnosticReport", "DocumentReference", "Encounter", "ExplanationOfBenefit",
        "ImagingStudy", "Immunization", "MedicationDispense", "MedicationRequest", "MedicationStatement", "Observation", "Procedure",
    ];

    /// <summary>
    /// People, places, products, definitions and the protocol's own resources: context of facts, never facts. Every other type is yielded, at
    /// worst as <see cref="EntryCategory.Other"/>: a type left out by mistake would be a fact that nobody sees.
    /// </summary>
    private static readonly FrozenSet<string> NoFacts = FrozenSet.Create(
        StringComparer.Ordinal,
        "Patient", "Person", "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "OrganizationAffiliation", "Location",
        "HealthcareService", "Endpoint", "Group", "Medication", "MedicationKnowledge", "Substance", "Device", "DeviceDefinition", "Binary",
        "Bundle", "OperationOutcome", "Parameters", "Provenance", "AuditEvent", "Linkage", "MessageHeader", "Subscription", "Basic",
        "Schedule", "Slot", "Coverage", "Account", "InsurancePlan", "CapabilityStatement", "StructureDefinition", "ImplementationGuide",
        "SearchParameter", "OperationDefinition", "CompartmentDefinition", "StructureMap", "GraphDefinition", "ConceptMap", "ValueSet",
        "CodeSystem", "NamingSystem", "TerminologyCapabilities", "Questionnaire", "PlanDefinition", "ActivityDefinition", "Measure", "Library");

    private static readonly FrozenDictionary<string, EntryCategory[]> Categories = new Dictionary<string, EntryCategory[]>(StringComparer.Ordinal)
    {
        ["AllergyIntolerance"] = [EntryCategory.Allergy],
        ["CarePlan"] = [EntryCategory.CarePlan],
        ["Composition"] = [EntryCategory.Document],
        ["Condition"] = [EntryCategory.Condition],
        ["DiagnosticReport"] = [EntryCategory.LabResult, EntryCategory.Imaging, EntryCategory.Document],
        ["DocumentReference"] = [EntryCategory.Document],
        ["Encounter"] = [EntryCategory.Encounter],
        ["ExplanationOfBenefit"] = [EntryCategory.Reimbursement],
        ["ImagingStudy"] = [EntryCategory.Imaging],
        ["Immunization"] = [EntryCategory.Immunization],
        ["MedicationDispense"] = [EntryCategory.Medication],
        ["MedicationRequest"] = [EntryCategory.Medication],
        ["MedicationStatement"] = [EntryCategory.Medication],
        ["Observation"] = [EntryCategory.LabResult, EntryCategory.VitalSign, EntryCategory.Other],
        ["Procedure"] = [EntryCategory.Procedure],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsNoFact(string type) => NoFacts.Contains(type);

    /// <summary>True when a search of the type may yield one of the categories; no category asked means all.</summary>
    public static bool MayYield(string type, IReadOnlyList<EntryCategory> asked) =>
        asked.Count == 0 || (Categories.TryGetValue(type, out var yields) ? yields.Any(asked.Contains) : asked.Contains(EntryCategory.Other));

    /// <summary>Types whose medicine may be a reference to another resource.</summary>
    public static bool NamesMedicine(string type) => type is "MedicationRequest" or "MedicationDispense" or "MedicationStatement";
}
