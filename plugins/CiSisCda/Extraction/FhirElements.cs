using System.Text.Json;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Writes FHIR R4 data types. What is not recorded is not written: R4 allows neither nulls nor empty objects.</summary>
internal static class FhirElements
{
    private const string ProfessionalSystem = "urn:oid:1.2.250.1.71.4.2.1";

    private const string StructureSystem = "urn:oid:1.2.250.1.71.4.2.2";

    internal static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    internal static void Time(this Utf8JsonWriter json, string name, FhirDate? value)
    {
        if (value is { } date)
            json.WriteString(name, date.ToString());
    }

    /// <summary>A FHIR instant: only a moment fits.</summary>
    internal static void Instant(this Utf8JsonWriter json, string name, FhirDate? value)
    {
        if (value is { Precision: DatePrecision.Instant } date)
            json.WriteString(name, date.ToString());
    }

    internal static void Period(this Utf8JsonWriter json, string name, FhirDate? start, FhirDate? end)
    {
        if (start is null && end is null)
            return;
        json.WriteStartObject(name);
        json.Time("start", start);
        json.Time("end", end);
        json.WriteEndObject();
    }

    internal static void Coding(this Utf8JsonWriter json, Coding coding)
    {
        json.WriteStartObject();
        json.Text("system", coding.System);
        json.Text("code", coding.Code);
        json.Text("display", coding.Display);
        json.WriteEndObject();
    }

    internal static void Concept(this Utf8JsonWriter json, string name, Concept concept)
    {
        if (concept.IsEmpty)
            return;
        json.WritePropertyName(name);
        json.ConceptValue(concept);
    }

    internal static void Concepts(this Utf8JsonWriter json, string name, params ReadOnlySpan<Concept> concepts)
    {
        var any = false;
        foreach (var concept in concepts)
            any |= !concept.IsEmpty;
        if (!any)
            return;
        json.WriteStartArray(name);
        foreach (var concept in concepts)
        {
            if (!concept.IsEmpty)
                json.ConceptValue(concept);
        }
        json.WriteEndArray();
    }

    /// <summary>A required CodeableConcept: what is missing is said in its text.</summary>
    internal static void RequiredConcept(this Utf8JsonWriter json, string name, Concept concept) =>
        json.Concept(name, concept.IsEmpty ? concept with { Text = concept.NullFlavor == "MSK" ? "Masqué" : "Non précisé" } : concept);

    internal static void Code(this Utf8JsonWriter json, string name, string system, string code)
    {
        json.WriteStartObject(name);
        json.CodeInside(system, code);
        json.WriteEndObject();
    }

    internal static void Codes(this Utf8JsonWriter json, string name, string system, string code)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.CodeInside(system, code);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    internal static void Identifier(this Utf8JsonWriter json, BusinessIdentifier identifier)
    {
        json.WriteStartObject();
        json.Text("system", identifier.System);
        json.Text("value", identifier.Value);
        json.WriteEndObject();
    }

    internal static void Subject(this Utf8JsonWriter json, string name, PatientKey patient)
    {
        json.WriteStartObject(name);
        json.WritePropertyName("identifier");
        json.Identifier(new BusinessIdentifier(patient.System, patient.Value));
        json.WriteEndObject();
    }

    /// <summary>A reference to a person by number and name, or to the structure when no person is named.</summary>
    internal static void Person(this Utf8JsonWriter json, EntryAuthor author)
    {
        json.WriteStartObject();
        if (author.Id is { } id)
        {
            json.WritePropertyName("identifier");
            json.Identifier(new BusinessIdentifier(ProfessionalSystem, id));
        }
        json.Text("display", PrintedName(author));
        json.WriteEndObject();
    }

    internal static void Person(this Utf8JsonWriter json, string name, EntryAuthor? author)
    {
        if (author is null)
            return;
        json.WritePropertyName(name);
        json.Person(author);
    }

    /// <summary>A reference to the structure of somebody, by number and name. Nothing when no structure is known.</summary>
    internal static void Structure(this Utf8JsonWriter json, string name, EntryAuthor? author)
    {
        if (author is null or { OrganizationId: null, OrganizationName: null })
            return;
        json.WriteStartObject(name);
        if (author.OrganizationId is { } id)
        {
            json.WritePropertyName("identifier");
            json.Identifier(new BusinessIdentifier(StructureSystem, id));
        }
        json.Text("display", author.OrganizationName);
        json.WriteEndObject();
    }

    /// <summary>A reference by its wording alone.</summary>
    internal static void Display(this Utf8JsonWriter json, string name, string display)
    {
        json.WriteStartObject(name);
        json.WriteString("display", display);
        json.WriteEndObject();
    }

    internal static void Persons(this Utf8JsonWriter json, string name, EntryAuthor? author)
    {
        if (author is null)
            return;
        json.WriteStartArray(name);
        json.Person(author);
        json.WriteEndArray();
    }

    internal static void Actor(this Utf8JsonWriter json, string name, EntryAuthor? author)
    {
        if (author is null)
            return;
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.Person("actor", author);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    internal static void Note(this Utf8JsonWriter json, params ReadOnlySpan<string?> notes)
    {
        var any = false;
        foreach (var note in notes)
            any |= !string.IsNullOrEmpty(note);
        if (!any)
            return;
        json.WriteStartArray("note");
        foreach (var note in notes)
        {
            if (string.IsNullOrEmpty(note))
                continue;
            json.WriteStartObject();
            json.WriteString("text", note);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? PrintedName(EntryAuthor author) => (author.Name, author.OrganizationName) switch
    {
        ({ } person, { } organization) => $"{person}, {organization}",
        var (person, organization) => person ?? organization,
    };

    internal static void ConceptValue(this Utf8JsonWriter json, Concept concept)
    {
        json.WriteStartObject();
        if (concept.Codings.Count > 0)
        {
            json.WriteStartArray("coding");
            foreach (var coding in concept.Codings)
                json.Coding(coding);
            json.WriteEndArray();
        }
        json.Text("text", concept.Text);
        json.WriteEndObject();
    }

    private static void CodeInside(this Utf8JsonWriter json, string system, string code)
    {
        json.WriteStartArray("coding");
        json.Coding(new Coding(system, code));
        json.WriteEndArray();
    }
}
