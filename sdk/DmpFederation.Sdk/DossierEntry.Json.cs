namespace DmpFederation.Sdk;

public sealed partial class DossierEntry
{
    /// <summary>
    /// Fills the envelope from a FHIR R4 resource in one forward pass over its bytes, without building an object model. Reads MedicationRequest,
    /// MedicationDispense, MedicationStatement, Observation, DiagnosticReport, DocumentReference, Condition, AllergyIntolerance, Immunization,
    /// Procedure, Encounter, ImagingStudy, CarePlan, ExplanationOfBenefit; any other resource type becomes <see cref="EntryCategory.Other"/>.
    /// Properties may come in any order; one of an unexpected JSON type is as if absent. Contained resources are followed to the medicine and the
    /// authors, other references are not. <see cref="EntryCategories"/> states how Observations and DiagnosticReports are filed.
    /// </summary>
    /// <param name="utf8Resource">
    /// One JSON object, nested at most 64 deep. A byte order mark is left out. Kept, not copied: it must not change afterwards.
    /// </param>
    /// <param name="context">What the bytes do not say.</param>
    /// <exception cref="EntryFormatException">Not JSON, not a resource, or without the id a missing local id would be taken from.</exception>
    public static DossierEntry FromJson(ReadOnlyMemory<byte> utf8Resource, EntryContext context) => EntryReader.Read(utf8Resource, context);

    /// <summary>
    /// Reads the resource that <paramref name="utf8"/> starts with and leaves alone what follows it. For resources that stand in something
    /// larger, such as a search set: finding where one ends and reading it are the same pass.
    /// </summary>
    /// <param name="utf8">
    /// Starts with one JSON object, nested at most 64 deep; white space before it is left out. Kept, not copied: it must not change afterwards.
    /// </param>
    /// <param name="context">What the bytes do not say.</param>
    /// <param name="length">Where the resource ends: what follows starts there.</param>
    /// <exception cref="EntryFormatException">As of the other overload. Bytes after the resource are not looked at.</exception>
    public static DossierEntry FromJson(ReadOnlyMemory<byte> utf8, EntryContext context, out int length) =>
        EntryReader.Read(utf8, context, out length);
}

/// <summary>Bytes that are not a FHIR R4 resource. The message says what is wrong and where (byte offset), and repeats none of them.</summary>
/// <param name="code">Stable code: <c>NOT_JSON</c>, <c>NOT_A_RESOURCE</c>, <c>NO_ID</c>.</param>
/// <param name="message">What is wrong, without content.</param>
public sealed class EntryFormatException(string code, string message) : Exception(message)
{
    /// <summary>Stable code: <c>NOT_JSON</c>, <c>NOT_A_RESOURCE</c>, <c>NO_ID</c>.</summary>
    public string Code { get; } = code;
}
