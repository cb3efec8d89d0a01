using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.ReseauDiabete.Facts;

/// <summary>Writes rows as FHIR R4 resources. What the network does not state is not written. Not thread-safe; one per read.</summary>
internal sealed class FactWriter : IDisposable
{
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string ProfessionalSystem = "urn:oid:1.2.250.1.71.4.2.1";
    private const string StructureSystem = "urn:oid:1.2.250.1.71.4.2.2";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;

    public FactWriter() => json = new Utf8JsonWriter(buffer, Options);

    /// <summary>Local id of a record: its number, which a correction keeps.</summary>
    public static string LocalIdOf(string number) => "suivi/" + number;

    /// <summary>The entry of a row.</summary>
    public DossierEntry Write(FollowUpRow row, PatientKey patient)
    {
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", TypeOf(row.Rubric.Shape));
        WriteMeta(row);
        json.WriteStartObject("subject");
        WriteIdentifier(patient.System, patient.Value);
        json.WriteEndObject();
        switch (row.Rubric.Shape)
        {
            case FactShape.Result or FactShape.Sign or FactShape.BloodPressure:
                WriteObservation(row);
                break;
            case FactShape.Act:
                WriteAct(row);
                break;
            case FactShape.Visit:
                WriteVisit(row);
                break;
            case FactShape.Plan:
                WritePlan(row);
                break;
            case FactShape.Treatment:
                WriteTreatment(row);
                break;
        }
        WriteNote(row.Rubric.Shape == FactShape.Visit ? null : row.Comment);
        json.WriteEndObject();
        json.Flush();
        return DossierEntry.FromJson(buffer.WrittenSpan.ToArray(), new EntryContext(patient, LocalIdOf(row.Number)));
    }

    public void Dispose() => json.Dispose();

    private static string TypeOf(FactShape shape) => shape switch
    {
        FactShape.Act => "Procedure",
        FactShape.Visit => "Encounter",
        FactShape.Plan => "CarePlan",
        FactShape.Treatment => "MedicationStatement",
        _ => "Observation",
    };

    private void WriteObservation(FollowUpRow row)
    {
        json.WriteString("status", "final");
        json.WriteStartArray("category");
        WriteConceptValue(
            new Coding(Terminology + "observation-category", row.Rubric.Shape == FactShape.Result ? "laboratory" : "vital-signs"), null);
        json.WriteEndArray();
        WriteConcept("code", new Coding(Rubric.Loinc, row.Unit!.Loinc, row.Rubric.Label), null);
        json.WriteString("effectiveDateTime", row.Date.ToString());
        WritePerformers(row);
        if (row.Rubric.Shape == FactShape.BloodPressure)
        {
            json.WriteStartArray("component");
            WriteComponent("8480-6", "Pression artérielle systolique", row.Value!.Value, row.Unit);
            WriteComponent("8462-4", "Pression artérielle diastolique", row.Second!.Value, row.Unit);
            json.WriteEndArray();
        }
        else
        {
            WriteQuantity("valueQuantity", row.Value!.Value, row.Comparator, row.Unit);
        }
    }

    private void WritePerformers(FollowUpRow row)
    {
        if (!HasPerson(row) && !HasStructure(row))
            return;
        json.WriteStartArray("performer");
        if (HasPerson(row))
            WritePerson(row);
        if (HasStructure(row))
            WriteStructure(row);
        json.WriteEndArray();
    }

    private void WriteComponent(string code, string label, decimal value, RubricUnit unit)
    {
        json.WriteStartObject();
        WriteConcept("code", new Coding(Rubric.Loinc, code, label), null);
        WriteQuantity("valueQuantity", value, null, unit);
        json.WriteEndObject();
    }

    /// <summary>The label says what was found; the grade of the foot is in it.</summary>
    private void WriteAct(FollowUpRow row)
    {
        json.WriteString("status", "completed");
        if (row.Rubric.Name == Rubric.Education)
            WriteConcept("category", new Coding(Rubric.Snomed, "409073007", "Éducation"), null);
        // An act named by its CCAM code is that act, not what the heading usually is.
        WriteConcept(
            "code", row.Code! with { Display = row.Code == row.Rubric.Code ? row.Rubric.Label : null },
            row.Rubric.Name == Rubric.Education ? row.Label : row.Code == row.Rubric.Code ? null : CcamText(row.Rubric));
        json.WriteString("performedDateTime", row.Date.ToString());
        if (HasPerson(row) || HasStructure(row))
        {
            json.WriteStartArray("performer");
            json.WriteStartObject();
            json.WritePropertyName("actor");
            if (HasPerson(row))
                WritePerson(row);
            else
                WriteStructure(row);
            if (HasPerson(row) && HasStructure(row))
            {
                json.WritePropertyName("onBehalfOf");
                WriteStructure(row);
            }
            json.WriteEndObject();
            json.WriteEndArray();
        }
        var found = row.Rubric.Name switch
        {
            Rubric.Foot => string.Create(CultureInfo.InvariantCulture, $"Grade {row.Value:0}{(row.Label is null ? "" : " : " + row.Label)}"),
            Rubric.Education => null,
            _ => row.Label,
        };
        if (found is not null)
        {
            json.WriteStartObject("outcome");
            json.WriteString("text", found);
            json.WriteEndObject();
        }
    }

    private static string CcamText(Rubric rubric) => rubric.Name == "FOND_OEIL" ? "Examen du fond d'œil" : rubric.Label;

    private void WriteVisit(FollowUpRow row)
    {
        json.WriteString("status", "finished");
        json.WriteStartObject("class");
        WriteCodingParts(row.Code! with { Display = "ambulatoire" });
        json.WriteEndObject();
        if (HasPerson(row))
        {
            json.WriteStartArray("participant");
            json.WriteStartObject();
            json.WritePropertyName("individual");
            WritePerson(row);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        WritePeriod("period", row.Date, row.Date);
        json.WriteStartArray("reasonCode");
        json.WriteStartObject();
        json.WriteString("text", row.Comment ?? row.Label ?? row.Rubric.Label);
        json.WriteEndObject();
        json.WriteEndArray();
        if (HasStructure(row))
        {
            json.WritePropertyName("serviceProvider");
            WriteStructure(row);
        }
    }

    private void WritePlan(FollowUpRow row)
    {
        json.WriteString("status", "active");
        json.WriteString("intent", "plan");
        json.WriteStartArray("category");
        WriteConceptValue(row.Code! with { Display = row.Rubric.Label }, null);
        json.WriteEndArray();
        json.WriteString("title", row.Label ?? row.Rubric.Label);
        WritePeriod("period", row.Date, null);
        if (HasPerson(row) || HasStructure(row))
        {
            json.WritePropertyName("author");
            if (HasPerson(row))
                WritePerson(row);
            else
                WriteStructure(row);
        }
    }

    private void WriteTreatment(FollowUpRow row)
    {
        json.WriteString("status", "active");
        WriteConcept("medicationCodeableConcept", row.Code! with { Display = row.Label }, row.Label);
        WritePeriod("effectivePeriod", row.Date, null);
        if (HasPerson(row))
        {
            json.WritePropertyName("informationSource");
            WritePerson(row);
        }
    }

    private void WriteMeta(FollowUpRow row)
    {
        json.WriteStartObject("meta");
        json.WriteString("versionId", row.Version);
        if (row.Recorded is { } recorded)
            json.WriteString("lastUpdated", recorded.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private void WriteNote(string? text)
    {
        if (text is null)
            return;
        json.WriteStartArray("note");
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WritePeriod(string name, FhirDate start, FhirDate? end)
    {
        json.WriteStartObject(name);
        json.WriteString("start", start.ToString());
        if (end is { } last)
            json.WriteString("end", last.ToString());
        json.WriteEndObject();
    }

    private void WriteQuantity(string name, decimal value, string? comparator, RubricUnit unit)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", value);
        if (comparator is not null)
            json.WriteString("comparator", comparator);
        json.WriteString("unit", unit.Written);
        json.WriteString("system", Ucum);
        json.WriteString("code", unit.Ucum);
        json.WriteEndObject();
    }

    private void WriteConcept(string name, Coding coding, string? text)
    {
        json.WritePropertyName(name);
        WriteConceptValue(coding, text);
    }

    private void WriteConceptValue(Coding coding, string? text)
    {
        json.WriteStartObject();
        json.WriteStartArray("coding");
        json.WriteStartObject();
        WriteCodingParts(coding);
        json.WriteEndObject();
        json.WriteEndArray();
        if (text is not null)
            json.WriteString("text", text);
        json.WriteEndObject();
    }

    private void WriteCodingParts(Coding coding)
    {
        json.WriteString("system", coding.System);
        json.WriteString("code", coding.Code);
        if (coding.Display is not null)
            json.WriteString("display", coding.Display);
    }

    private static bool HasPerson(FollowUpRow row) => row.Rpps is not null || row.Professional is not null;

    private static bool HasStructure(FollowUpRow row) => row.Finess is not null || row.Structure is not null;

    private void WritePerson(FollowUpRow row) =>
        WriteReference("Practitioner", ProfessionalSystem, row.Rpps is null ? null : "8" + row.Rpps, row.Professional);

    private void WriteStructure(FollowUpRow row) =>
        WriteReference("Organization", StructureSystem, row.Finess is null ? null : "1" + row.Finess, row.Structure);

    private void WriteReference(string type, string system, string? value, string? display)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        if (value is not null)
            WriteIdentifier(system, value);
        if (display is not null)
            json.WriteString("display", display);
        json.WriteEndObject();
    }

    private void WriteIdentifier(string system, string value)
    {
        json.WriteStartObject("identifier");
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
    }
}
