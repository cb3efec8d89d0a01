using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>Writes FHIR R4 resources of one report. What is not known is not written. Not thread-safe.</summary>
internal sealed class FhirJson : IDisposable
{
    public const string Loinc = "http://loinc.org";
    public const string Ucum = "http://unitsofmeasure.org";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(2048);

    public FhirJson() => Json = new Utf8JsonWriter(buffer, Options);

    public Utf8JsonWriter Json { get; }

    public void Begin(string resourceType, DateTimeOffset? recorded)
    {
        buffer.ResetWrittenCount();
        Json.Reset(buffer);
        Json.WriteStartObject();
        Json.WriteString("resourceType", resourceType);
        if (recorded is not { } moment)
            return;
        Json.WriteStartObject("meta");
        Json.WriteString("lastUpdated", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Json.WriteEndObject();
    }

    public byte[] End()
    {
        Json.WriteEndObject();
        Json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Json.WriteString(name, value);
    }

    /// <summary>A CodeableConcept with text.</summary>
    public void Concept(string name, ReadOnlySpan<Coding> codings, string? text)
    {
        Json.WriteStartObject(name);
        ConceptParts(codings, text);
        Json.WriteEndObject();
    }

    /// <summary>A list with one CodeableConcept.</summary>
    public void Concepts(string name, string system, string code)
    {
        Json.WriteStartArray(name);
        Json.WriteStartObject();
        ConceptParts([new Coding(system, code)], null);
        Json.WriteEndObject();
        Json.WriteEndArray();
    }

    public void Patient(PatientKey patient)
    {
        Json.WriteStartObject("subject");
        Identifier("identifier", patient.System, patient.Value);
        Json.WriteEndObject();
    }

    /// <summary>The laboratory as the only one of a list of actors.</summary>
    public void Laboratory(string name, HprimHeader header)
    {
        Json.WriteStartArray(name);
        Json.WriteStartObject();
        Json.WriteString("type", "Organization");
        Identifier("identifier", LocalIds.LaboratorySystem, header.Sender);
        Json.WriteString("display", ReportText.LaboratoryOf(header));
        Json.WriteEndObject();
        Json.WriteEndArray();
    }

    public void Identifier(string name, string system, string value)
    {
        Json.WriteStartObject(name);
        Json.WriteString("system", system);
        Json.WriteString("value", value);
        Json.WriteEndObject();
    }

    public void Quantity(string name, decimal number, string? comparator, string unit, string? ucum)
    {
        Json.WriteStartObject(name);
        Json.WriteNumber("value", number);
        Text("comparator", comparator);
        Text("unit", unit);
        if (ucum is not null)
        {
            Json.WriteString("system", Ucum);
            Json.WriteString("code", ucum);
        }
        Json.WriteEndObject();
    }

    public void Dispose() => Json.Dispose();

    private void ConceptParts(ReadOnlySpan<Coding> codings, string? text)
    {
        if (codings.Length > 0)
        {
            Json.WriteStartArray("coding");
            foreach (var coding in codings)
            {
                Json.WriteStartObject();
                Text("system", coding.System);
                Text("code", coding.Code);
                Text("display", coding.Display);
                Json.WriteEndObject();
            }
            Json.WriteEndArray();
        }
        Text("text", text);
    }
}
