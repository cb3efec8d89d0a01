namespace DmpFederation.Sdk;

/// <summary>What a clinical fact is about. One entry has exactly one category; policy, merge and paging work on it.</summary>
public enum EntryCategory
{
    /// <summary>A medicine prescribed, dispensed or taken (R4 MedicationRequest, MedicationDispense, MedicationStatement).</summary>
    Medication,

    /// <summary>A laboratory result or laboratory report (R4 Observation, DiagnosticReport of category laboratory).</summary>
    LabResult,

    /// <summary>A document with content of its own (R4 DocumentReference).</summary>
    Document,

    /// <summary>A problem, diagnosis or antecedent (R4 Condition).</summary>
    Condition,

    /// <summary>An allergy or intolerance, or the statement that none is known (R4 AllergyIntolerance).</summary>
    Allergy,

    /// <summary>A vaccine given or not given (R4 Immunization).</summary>
    Immunization,

    /// <summary>An act performed on the patient (R4 Procedure).</summary>
    Procedure,

    /// <summary>A stay, visit or consultation (R4 Encounter).</summary>
    Encounter,

    /// <summary>A vital sign: weight, height, blood pressure, pulse (R4 Observation of category vital-signs).</summary>
    VitalSign,

    /// <summary>An imaging study or report (R4 ImagingStudy, DiagnosticReport of an imaging category).</summary>
    Imaging,

    /// <summary>A care plan, such as the plan personnalisé de soins (R4 CarePlan).</summary>
    CarePlan,

    /// <summary>A reimbursed act or product; proves that it was done, never its result (R4 ExplanationOfBenefit).</summary>
    Reimbursement,

    /// <summary>Anything else the source holds (social history, surveys, other resource types).</summary>
    Other,
}
