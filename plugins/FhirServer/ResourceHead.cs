using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>What decides the fate of a resource before its envelope is read: its type and id, whose it is, and whether it was withdrawn.</summary>
internal sealed class ResourceHead
{
    private bool subjectSeen;

    public string Type { get; private set; } = "";

    public string? Id { get; private set; }

    public string? Version { get; private set; }

    public string? LastUpdated { get; private set; }

    /// <summary>Reference to the patient as written: relative, absolute, <c>urn:uuid:…</c>, <c>#contained</c> or conditional. Null when none.</summary>
    public string? SubjectReference { get; private set; }

    /// <summary>Logical reference to the patient. Null when none, or without system or value.</summary>
    public PatientKey? SubjectIdentifier { get; private set; }

    /// <summary>Two subjects: readers would disagree on whose fact it is, so it is nobody's.</summary>
    public bool SubjectAmbiguous { get; private set; }

    /// <summary>Marked entered-in-error: withdrawn by its author and kept only for the record (FHIR R4, status and verificationStatus).</summary>
    public bool Withdrawn { get; private set; }

    /// <summary>Reference to the medicine of a medication resource. Null when it is coded in place.</summary>
    public string? MedicationReference { get; private set; }

    /// <summary>Contained resources, as an array. Empty when none.</summary>
    public ReadOnlyMemory<byte> Contained { get; private set; }

    public string? LocalId => Id is null ? null : $"{Type}/{Id}";

    /// <exception cref="JsonException">Not JSON.</exception>
    public static ResourceHead Read(ReadOnlyMemory<byte> resource)
    {
        var head = new ResourceHead();
        var reader = new Utf8JsonReader(resource.Span, new JsonReaderOptions { MaxDepth = 256 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return head;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            head.ReadProperty(ref reader, resource);
        return head;
    }

    private void ReadProperty(ref Utf8JsonReader reader, ReadOnlyMemory<byte> resource)
    {
        if (reader.ValueTextEquals("resourceType"u8))
            Type = JsonText.Next(ref reader) ?? "";
        else if (reader.ValueTextEquals("id"u8))
            Id = JsonText.Next(ref reader) is { Length: > 0 } id ? id : null;
        else if (reader.ValueTextEquals("meta"u8))
            (Version, LastUpdated) = JsonText.NextMembers(ref reader, "versionId"u8, "lastUpdated"u8);
        else if (reader.ValueTextEquals("status"u8))
            Withdrawn |= JsonText.Next(ref reader) == "entered-in-error";
        else if (reader.ValueTextEquals("verificationStatus"u8))
            ReadVerificationStatus(ref reader);
        else if (reader.ValueTextEquals("subject"u8) || reader.ValueTextEquals("patient"u8) || reader.ValueTextEquals("for"u8)
            || reader.ValueTextEquals("individual"u8))
            ReadSubject(ref reader);
        else if (reader.ValueTextEquals("medicationReference"u8))
            MedicationReference = JsonText.NextMember(ref reader, "reference"u8);
        else if (reader.ValueTextEquals("contained"u8))
            ReadContained(ref reader, resource);
        else
            reader.Skip();
    }

    private void ReadContained(ref Utf8JsonReader reader, ReadOnlyMemory<byte> resource)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        if (isArray)
            Contained = resource[start..(int)reader.BytesConsumed];
    }

    private void ReadVerificationStatus(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("code"u8))
                Withdrawn |= JsonText.Next(ref reader) == "entered-in-error";
        }
    }

    private void ReadSubject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        string? reference = null, system = null, value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reference"u8))
                reference = JsonText.Next(ref reader);
            else if (reader.ValueTextEquals("identifier"u8))
                (system, value) = JsonText.NextMembers(ref reader, "system"u8, "value"u8);
            else
                reader.Skip();
        }
        PatientKey? identifier = system is { Length: > 0 } && value is { Length: > 0 } ? new PatientKey(system, value) : null;
        SubjectAmbiguous |= subjectSeen && (reference != SubjectReference || identifier != SubjectIdentifier);
        subjectSeen = true;
        SubjectReference = reference;
        SubjectIdentifier = identifier;
    }
}
