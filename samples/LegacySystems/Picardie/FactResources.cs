using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Turns facts of the world into FHIR R4 resources.</summary>
internal static class FactResources
{
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";
    private const string Ucum = "{box}";

    public static JsonObject Of(SyntheticFact fact, SyntheticOrigin origin, string patient) => fact.Kind switch
    {
        FactKind.LabResult => Observation(fact, origin, patient, "laboratory"),
        FactKind.VitalSign => Observation(fact, origin, patient, "vital-signs"),
        FactKind.Prescription => Prescription(fact, origin, patient),
        FactKind.Dispensation => Dispensation(fact, origin, patient),
        FactKind.Problem => Problem(fact, origin, patient),
        FactKind.Allergy => Allergy(fact, origin, patient),
        FactKind.Vaccination => Vaccination(fact, origin, patient),
        FactKind.Stay => Stay(fact, origin, patient),
        FactKind.Act => Act(fact, origin, patient),
        FactKind.Document => DocumentResources.Reference(fact, origin, patient),
        _ => throw new ArgumentOutOfRangeException(nameof(fact)),
    };

    /// <summary>A measurement as it was first written, by mistake.</summary>
    public static JsonObject Of(SyntheticFact fact, SyntheticOrigin origin, string patient, decimal wrong) => origin.Variant is { } variant
        ? Of(fact, origin with { Variant = variant with { Value = wrong } }, patient)
        : Of(fact with { Value = wrong }, origin, patient);

    /// <summary>The resource as its author takes it back: kept for the record, and no fact any more (FHIR R4, entered-in-error).</summary>
    public static JsonObject Withdrawn(JsonObject resource)
    {
        if (resource["status"] is not null)
        {
            resource["status"] = "entered-in-error";
            return resource;
        }
        // con-5, ait-2: what was entered in error has no clinical status.
        resource.Remove("clinicalStatus");
        var type = (string)resource["resourceType"]!;
        resource["verificationStatus"] = FhirJson.Concept(
            Terminology + (type == "Condition" ? "condition-ver-status" : "allergyintolerance-verification"), "entered-in-error");
        return resource;
    }

    public static string BinaryId(string documentId) => documentId + "-b";

    /// <summary>The region keeps its medicines once, by ATC code; prescriptions refer to them.</summary>
    public static string MedicationId(SyntheticFact fact) => "atc-" + fact.Codes[^1].Code;

    public static JsonObject Medication(SyntheticFact fact) => new()
    {
        ["resourceType"] = "Medication",
        ["code"] = FhirJson.Concept(fact.Codes),
    };

    /// <summary>The resource with what all have in common: type, identifiers, status, patient.</summary>
    public static JsonObject Started(string type, SyntheticOrigin origin, string? status, string patientProperty, string patient)
    {
        var resource = new JsonObject { ["resourceType"] = type };
        if (origin.Identifiers.Count > 0 && type != "DocumentReference")
            resource["identifier"] = FhirJson.Identifiers(origin.Identifiers);
        if (status is not null)
            resource["status"] = status;
        resource[patientProperty] = new JsonObject { ["reference"] = "Patient/" + patient };
        return resource;
    }

    private static JsonObject Observation(SyntheticFact fact, SyntheticOrigin origin, string patient, string category)
    {
        var resource = Started("Observation", origin, "final", "subject", patient);
        resource["category"] = new JsonArray(FhirJson.Concept(Terminology + "observation-category", category));
        var variant = origin.Variant;
        resource["code"] = FhirJson.Concept(variant is null ? fact.Codes : [variant.Code]);
        resource["effectiveDateTime"] = FhirJson.Moment(fact.Date);
        resource["performer"] = new JsonArray(FhirJson.Professional(fact.Author), FhirJson.Structure(fact.Author));
        var unit = variant?.Unit ?? fact.Unit ?? "1";
        if ((variant?.Value ?? fact.Value) is { } value)
            resource["valueQuantity"] = FhirJson.Quantity(value, unit);
        if (fact.Flag is { } flag)
            resource["interpretation"] = new JsonArray(FhirJson.Concept(Terminology + "v3-ObservationInterpretation", flag));
        var (low, high) = variant is null ? (fact.ReferenceLow, fact.ReferenceHigh) : (variant.ReferenceLow, variant.ReferenceHigh);
        if (low is not null || high is not null)
        {
            var range = new JsonObject();
            if (low is { } lowest)
                range["low"] = FhirJson.Quantity(lowest, unit);
            if (high is { } highest)
                range["high"] = FhirJson.Quantity(highest, unit);
            resource["referenceRange"] = new JsonArray(range);
        }
        return WithNote(resource, fact);
    }

    private static JsonObject Prescription(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("MedicationRequest", origin, "active", "subject", patient);
        resource["intent"] = "order";
        resource["medicationReference"] = new JsonObject { ["reference"] = "Medication/" + MedicationId(fact), ["display"] = fact.Codes[0].Label };
        resource["authoredOn"] = FhirJson.Day(fact.Date);
        resource["requester"] = FhirJson.Professional(fact.Author);
        if (fact.Text is { } posology)
            resource["dosageInstruction"] = new JsonArray(new JsonObject { ["text"] = posology });
        return resource;
    }

    private static JsonObject Dispensation(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("MedicationDispense", origin, "completed", "subject", patient);
        resource["medicationCodeableConcept"] = FhirJson.Concept(fact.Codes);
        resource["performer"] = new JsonArray(
            new JsonObject { ["actor"] = FhirJson.Professional(fact.Author) }, new JsonObject { ["actor"] = FhirJson.Structure(fact.Author) });
        if (fact.Value is { } boxes)
            resource["quantity"] = FhirJson.Quantity(boxes, fact.Unit ?? Ucum);
        resource["whenHandedOver"] = FhirJson.Day(fact.Date);
        if (fact.Text is { } posology)
            resource["dosageInstruction"] = new JsonArray(new JsonObject { ["text"] = posology });
        return resource;
    }

    private static JsonObject Problem(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("Condition", origin, null, "subject", patient);
        resource["clinicalStatus"] = FhirJson.Concept(Terminology + "condition-clinical", "active");
        resource["verificationStatus"] = FhirJson.Concept(Terminology + "condition-ver-status", "confirmed");
        resource["category"] = new JsonArray(FhirJson.Concept(Terminology + "condition-category", "problem-list-item"));
        resource["code"] = FhirJson.Concept(fact.Codes);
        resource["onsetDateTime"] = FhirJson.Day(fact.Date);
        resource["recorder"] = FhirJson.Professional(fact.Author);
        return WithNote(resource, fact);
    }

    private static JsonObject Allergy(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("AllergyIntolerance", origin, null, "patient", patient);
        resource["clinicalStatus"] = FhirJson.Concept(Terminology + "allergyintolerance-clinical", "active");
        resource["verificationStatus"] = FhirJson.Concept(Terminology + "allergyintolerance-verification", "confirmed");
        resource["code"] = FhirJson.Concept(fact.Codes);
        resource["onsetDateTime"] = FhirJson.Day(fact.Date);
        resource["recorder"] = FhirJson.Professional(fact.Author);
        return WithNote(resource, fact);
    }

    private static JsonObject Vaccination(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("Immunization", origin, "completed", "patient", patient);
        resource["vaccineCode"] = FhirJson.Concept(fact.Codes);
        resource["occurrenceDateTime"] = FhirJson.Day(fact.Date);
        resource["performer"] = new JsonArray(new JsonObject { ["actor"] = FhirJson.Professional(fact.Author) });
        return WithNote(resource, fact);
    }

    private static JsonObject Stay(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("Encounter", origin, "finished", "subject", patient);
        resource["class"] = FhirJson.Coding(Terminology + "v3-ActCode", "IMP", "hospitalisation");
        resource["participant"] = new JsonArray(new JsonObject { ["individual"] = FhirJson.Professional(fact.Author) });
        var period = new JsonObject { ["start"] = FhirJson.Moment(fact.Date) };
        if (fact.End is { } end)
            period["end"] = FhirJson.Moment(end);
        resource["period"] = period;
        resource["reasonCode"] = new JsonArray(FhirJson.Concept(fact.Codes));
        resource["serviceProvider"] = FhirJson.Structure(fact.Author);
        return resource;
    }

    private static JsonObject Act(SyntheticFact fact, SyntheticOrigin origin, string patient)
    {
        var resource = Started("Procedure", origin, "completed", "subject", patient);
        resource["code"] = FhirJson.Concept(fact.Codes);
        resource["performedDateTime"] = FhirJson.Moment(fact.Date);
        resource["performer"] = new JsonArray(
            new JsonObject { ["actor"] = FhirJson.Professional(fact.Author), ["onBehalfOf"] = FhirJson.Structure(fact.Author) });
        return WithNote(resource, fact);
    }

    private static JsonObject WithNote(JsonObject resource, SyntheticFact fact)
    {
        if (fact.Text is { } text)
            resource["note"] = new JsonArray(new JsonObject { ["text"] = text });
        return resource;
    }
}
