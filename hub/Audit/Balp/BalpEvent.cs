using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DmpFederation.Hub.Audit.Balp;

/// <summary>
/// A line as a FHIR R4 AuditEvent in the shape of IHE BALP: what was done, the person with the purpose, the portal and the hub as the two ends, the
/// patient, and what was disclosed. The data flows from the one with role Source (110153) to the one with role Destination (110152): to the portal
/// when something is read, to the hub when something is changed.
/// </summary>
internal static class BalpEvent
{
    private const string Profiles = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private const string HubName = "dmp-federation";

    public static void Write(Utf8JsonWriter json, AuditLine line)
    {
        var shape = BalpCodes.ShapeOf(line.Action, line.Patient is not null);
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{line.Chain}-{line.Seq}"));
        if (shape != BalpShape.Login)
        {
            json.WriteStartObject("meta");
            json.WriteStartArray("profile");
            json.WriteStringValue(Profiles + shape);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        WriteWhat(json, line, shape);
        json.WriteStartArray("agent");
        WriteUser(json, line);
        var reads = shape is BalpShape.PatientQuery or BalpShape.PatientRead or BalpShape.Query or BalpShape.Read;
        WriteEnd(json, reads ? Destination : Source, BalpCodes.Clients, line.ClientId ?? "unknown");
        WriteEnd(json, reads ? Source : Destination, null, HubName);
        if (line.OrganizationId is not null || line.OrganizationName is not null)
            WriteOrganization(json, line);
        json.WriteEndArray();
        WriteObserver(json);
        json.WriteStartArray("entity");
        new BalpEntities(json, line, shape).Write();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Code, string Display) Source => ("110153", "Source Role ID");

    private static (string Code, string Display) Destination => ("110152", "Destination Role ID");

    private static void WriteWhat(Utf8JsonWriter json, AuditLine line, BalpShape shape)
    {
        var (interaction, action) = shape switch
        {
            BalpShape.PatientQuery or BalpShape.Query => ("search", "E"),
            BalpShape.PatientRead or BalpShape.Read => ("read", "R"),
            BalpShape.PatientCreate or BalpShape.Create => ("create", "C"),
            BalpShape.PatientUpdate or BalpShape.Update => ("update", "U"),
            BalpShape.Login => ("110122", "E"),
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown shape."),
        };
        if (shape == BalpShape.Login)
            WriteCoding(json, "type", BalpCodes.Dicom, "110114", "User Authentication");
        else
            WriteCoding(json, "type", BalpCodes.EventType, "rest", "RESTful Operation");
        json.WriteStartArray("subtype");
        WriteCoding(json, null, shape == BalpShape.Login ? BalpCodes.Dicom : BalpCodes.Interaction, interaction, null);
        WriteCoding(json, null, "urn:dmp-federation:action", line.Action, null);
        json.WriteEndArray();
        json.WriteString("action", action);
        json.WriteString("recorded", DateTimeOffset.FromUnixTimeMilliseconds(line.At));
        json.WriteString("outcome", line.Outcome switch { "SERVED" => "0", "REFUSED" => "4", _ => "8" });
        if (line.Code is not null || line.Rule is not null)
            json.WriteString("outcomeDesc", string.Join(' ', new[] { line.Code, line.Rule }.OfType<string>()));
        if (BalpCodes.ReasonOf(line.Purpose, line.Mode) is { } reason)
            WriteConcepts(json, "purposeOfEvent", BalpCodes.ActReason, reason, null);
    }

    private static void WriteUser(Utf8JsonWriter json, AuditLine line)
    {
        json.WriteStartObject();
        WriteConcept(json, "type", BalpCodes.Participation, "IRCP", "information recipient");
        if (line.Profession is { } profession)
            WriteConcepts(json, "role", BalpCodes.Profession, profession, null);
        json.WriteStartObject("who");
        json.WriteStartObject("identifier");
        var system = line.ActorRole switch
        {
            "PROFESSIONAL" => BalpCodes.Professionals,
            _ => "urn:dmp-federation:subject",
        };
        json.WriteString("system", system);
        json.WriteString("value", line.Representative ?? line.ActorId ?? "unknown");
        json.WriteEndObject();
        if (line.ActorName is { Length: > 0 } name)
            json.WriteString("display", name);
        json.WriteEndObject();
        json.WriteBoolean("requestor", true);
        if (line.StructureCertificate is { Length: > 0 } certificate)
            json.WriteString("altId", certificate);
        if (BalpCodes.ReasonOf(line.Purpose, line.Mode) is { } reason)
            WriteConcepts(json, "purposeOfUse", BalpCodes.ActReason, reason, null);
        json.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter json, (string Code, string Display) role, string? system, string name)
    {
        json.WriteStartObject();
        WriteConcept(json, "type", BalpCodes.Dicom, role.Code, role.Display);
        json.WriteStartObject("who");
        if (system is null)
        {
            json.WriteString("display", name);
        }
        else
        {
            json.WriteStartObject("identifier");
            json.WriteString("system", system);
            json.WriteString("value", name);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteBoolean("requestor", false);
        json.WriteStartObject("network");
        json.WriteString("address", name);
        json.WriteString("type", "1");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter json, AuditLine line)
    {
        json.WriteStartObject();
        json.WriteStartObject("type");
        json.WriteString("text", "organisation");
        json.WriteEndObject();
        json.WriteStartObject("who");
        if (line.OrganizationId is { Length: > 0 } id)
        {
            json.WriteStartObject("identifier");
            json.WriteString("system", BalpCodes.Structures);
            json.WriteString("value", id);
            json.WriteEndObject();
        }
        if (line.OrganizationName is { Length: > 0 } name)
            json.WriteString("display", name);
        json.WriteEndObject();
        json.WriteBoolean("requestor", false);
        json.WriteEndObject();
    }

    private static void WriteObserver(Utf8JsonWriter json)
    {
        json.WriteStartObject("source");
        json.WriteStartObject("observer");
        json.WriteString("display", HubName);
        json.WriteEndObject();
        json.WriteStartArray("type");
        WriteCoding(json, null, BalpCodes.SourceType, "4", "Application Server");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteCoding(Utf8JsonWriter json, string? name, string system, string code, string? display)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null)
            json.WriteString("display", display);
        json.WriteEndObject();
    }

    private static void WriteConcept(Utf8JsonWriter json, string? name, string system, string code, string? display)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteStartArray("coding");
        WriteCoding(json, null, system, code, display);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteConcepts(Utf8JsonWriter json, string name, string system, string code, string? display)
    {
        json.WriteStartArray(name);
        WriteConcept(json, null, system, code, display);
        json.WriteEndArray();
    }

    /// <summary>One line of NDJSON.</summary>
    public static string Print(AuditLine line)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            Write(json, line);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
