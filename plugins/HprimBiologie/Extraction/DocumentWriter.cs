using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>Makes an R4 DocumentReference of a report (LOINC 11502-2), its text inside.</summary>
internal sealed class DocumentWriter(FhirJson fhir)
{
    private const int MostInside = 256 << 10;
    private const string Title = "Compte rendu d'examens de biologie médicale";

    [SuppressMessage("Security", "CA5350", Justification = "FHIR R4 defines Attachment.hash as SHA-1; it names content and protects nothing.")]
    public DossierEntry Write(HprimReport report, string status, in EntryContext context, DateTimeOffset? recorded)
    {
        var header = report.Header;
        var text = ReportText.Of(report);
        fhir.Begin("DocumentReference", recorded);
        var json = fhir.Json;
        fhir.Identifier("masterIdentifier", LocalIds.CodeSystem(header.Sender), header.FileNumber);
        json.WriteString("status", "current");
        json.WriteString("docStatus", status);
        fhir.Concept("type", [new Coding(FhirJson.Loinc, "11502-2", Title)], Title);
        fhir.Patient(context.FiledUnder);
        fhir.Laboratory("author", header);
        json.WriteString("description", $"{Title}, {ReportText.LaboratoryOf(header)}");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteStartObject("attachment");
        json.WriteString("contentType", ReportText.ContentType);
        json.WriteString("language", "fr-FR");
        if (text.Length <= MostInside)
            json.WriteBase64String("data", text);
        json.WriteNumber("size", text.Length);
        json.WriteBase64String("hash", SHA1.HashData(text));
        json.WriteString("title", Title);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (header.Date is { } day)
        {
            // DocumentReference.date is a moment; the file names a day alone.
            json.WriteStartObject("context");
            json.WriteStartObject("period");
            json.WriteString("start", FhirDate.FromDay(day).ToString());
            json.WriteString("end", FhirDate.FromDay(day).ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return DossierEntry.FromJson(fhir.End(), context);
    }
}
