using System.Text;
using System.Text.Json;

namespace DmpFederation.Hub.Audit.Balp;

/// <summary>What an event is about: the transaction, the patient, the query or the data, and each fact disclosed.</summary>
internal sealed class BalpEntities(Utf8JsonWriter json, AuditLine line, BalpShape shape)
{
    public void Write()
    {
        Begin(BalpCodes.BalpEntity, "XrequestId");
        What("urn:dmp-federation:correlation", line.CorrelationId);
        json.WriteEndObject();
        if (line.Patient is { } patient)
            WritePatient(patient);
        switch (shape)
        {
            case BalpShape.PatientQuery or BalpShape.Query:
                WriteQuery();
                WriteFacts();
                break;
            case BalpShape.Login:
                break;
            default:
                WriteData();
                break;
        }
    }

    private void WritePatient(string patient)
    {
        var bar = patient.LastIndexOf('|');
        Begin(BalpCodes.EntityType, "1");
        What(patient[..bar], patient[(bar + 1)..]);
        BalpEvent.WriteCoding(json, "role", BalpCodes.EntityRole, "1", "Patient");
        json.WriteEndObject();
    }

    /// <summary>The profile asks for the query itself: it is said without the patient, who is an entity of its own.</summary>
    private void WriteQuery()
    {
        Begin(BalpCodes.EntityType, "2");
        BalpEvent.WriteCoding(json, "role", BalpCodes.EntityRole, "24", "Query");
        json.WriteBase64String("query", Encoding.UTF8.GetBytes($"{line.Action}?purpose={line.Purpose}"));
        WriteDetails();
        json.WriteEndObject();
    }

    private void WriteData()
    {
        Begin(BalpCodes.EntityType, "2");
        What("urn:dmp-federation:action", line.Action);
        BalpEvent.WriteCoding(json, "role", BalpCodes.EntityRole, "4", "Domain Resource");
        WriteDetails();
        json.WriteEndObject();
    }

    private void WriteFacts()
    {
        foreach (var id in AuditedEntries.Print(line.EntryIds))
        {
            Begin(BalpCodes.EntityType, "2");
            What(BalpCodes.Entries, id);
            BalpEvent.WriteCoding(json, "role", BalpCodes.EntityRole, "4", "Domain Resource");
            json.WriteEndObject();
        }
    }

    private void WriteDetails()
    {
        (string Name, string? Value)[] details =
        [
            ("sources", line.Sources), ("detail", line.Detail), ("ticket", line.Ticket), ("mode", line.Mode), ("reason", line.Reason),
            ("authentication", line.Authentication),
            ("entryCount", line.EntryCount > 0 ? line.EntryCount.ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            ("entryDigest", line.EntryDigest is { } digest ? Convert.ToHexStringLower(digest) : null),
        ];
        if (details.All(static detail => string.IsNullOrEmpty(detail.Value)))
            return;
        json.WriteStartArray("detail");
        foreach (var (name, value) in details.Where(static detail => !string.IsNullOrEmpty(detail.Value)))
        {
            json.WriteStartObject();
            json.WriteString("type", name);
            json.WriteString("valueString", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Begin(string system, string type)
    {
        json.WriteStartObject();
        BalpEvent.WriteCoding(json, "type", system, type, null);
    }

    private void What(string system, string value)
    {
        json.WriteStartObject("what");
        json.WriteStartObject("identifier");
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
