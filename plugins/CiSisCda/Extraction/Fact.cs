using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>A clinical fact read from a document, before it gets its place in the dossier.</summary>
internal sealed record Fact
{
    /// <summary>FHIR R4 resource type.</summary>
    internal required string ResourceType { get; init; }

    internal required EntryCategory Category { get; init; }

    /// <summary>The element whose first <c>id</c> identifies the fact. Null for a fact made of the whole document.</summary>
    internal XElement? Source { get; init; }

    /// <summary><c>section code/ordinal…</c>, used when the element has no usable id.</summary>
    internal required string Position { get; init; }

    internal Concept Code { get; init; } = Concept.Empty;

    /// <summary>Label to show; null takes that of the code.</summary>
    internal string? Title { get; init; }

    /// <summary>Label when the code says nothing.</summary>
    internal string? Fallback { get; init; }

    internal FhirDate? Date { get; init; }

    internal string? Status { get; init; }

    internal EntryValue? Value { get; init; }

    internal EntryAuthor? Author { get; init; }

    /// <summary>Name of the property that points at the patient: <c>subject</c>, or <c>patient</c> in some resource types.</summary>
    internal string PatientProperty { get; init; } = "subject";

    /// <summary>Writes the properties of the resource beside resourceType, identifier, security labels and patient.</summary>
    internal required Action<Utf8JsonWriter> Body { get; init; }
}
