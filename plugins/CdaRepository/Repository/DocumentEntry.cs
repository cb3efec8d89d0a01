using System.Security.Cryptography;
using System.Text.Json;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>
/// The document itself as DocumentReference (PDSm mapping of XDS metadata). Metadata of the index come first, the header fills what it leaves out.
/// </summary>
internal sealed class DocumentEntry(DocumentContext context, IndexedDocument? line, CdaDocument? header, ReadableContent? content, int? fileSize)
{
    /// <summary>
    /// Content up to this size stands in the entry; larger content is named by size and hash and opened on demand, so that a list of documents
    /// stays small.
    /// </summary>
    internal const int InlineBytes = 256 * 1024;

    private readonly string localId = context.DocumentLocalId ?? throw new ArgumentException("A document has a local id.", nameof(context));

    private Concept Type => (line?.Type ?? Concept.Empty).Or(header?.Type ?? Concept.Empty);

    private FhirDate? Created => line?.Created ?? header?.Created;

    private FhirDate? ServiceStart => line?.ServiceStart ?? header?.ServiceStart;

    private EntryAuthor? Author => header?.Author ?? line?.Author;

    private string Title => header?.Title ?? line?.Title ?? Type.Label ?? "Document";

    private string Status => line?.Availability == Availability.Deprecated ? "superseded" : "current";

    internal DossierEntry Make()
    {
        var identifiers = new List<BusinessIdentifier> { CdaId.Parse(localId).ToBusinessIdentifier() };
        if (header?.Id is { } own && own.ToBusinessIdentifier() is var written && !identifiers.Contains(written))
            identifiers.Add(written);
        return new DossierEntry
        {
            LocalId = localId,
            FiledUnder = context.FiledUnder,
            Category = EntryCategory.Document,
            Resource = EntryMaker.Write(Write),
            Version = context.Version,
            Code = Type.First,
            Codings = Type.Codings,
            // As every reader of the resource takes it, so that copies of a document in two sources agree; the care has context.period.
            Date = Created ?? ServiceStart,
            Title = Title,
            Author = Author,
            Status = Status,
            Confidentiality = [.. context.Confidentiality.Select(label => label.Code).OfType<string>()],
            Identifiers = identifiers,
            Recorded = Created is { Precision: DatePrecision.Instant } moment ? new DateTimeOffset(moment.StartUtc, TimeSpan.Zero) : null,
            Subject = context.Subject,
        };
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("resourceType", "DocumentReference");
        if (line?.EntryUuid is { } uuid && Guid.TryParse(uuid.Replace("urn:uuid:", "", StringComparison.Ordinal), out var id))
            json.WriteString("id", id.ToString("D"));
        EntryMaker.WriteMeta(json, context.Version, []);
        json.WritePropertyName("masterIdentifier");
        json.Identifier(CdaId.Parse(localId).ToBusinessIdentifier());
        if (line?.LogicalId is { } logical)
        {
            json.WriteStartArray("identifier");
            json.Identifier(CdaId.Parse(logical.Replace("urn:uuid:", "", StringComparison.Ordinal)).ToBusinessIdentifier());
            json.WriteEndArray();
        }
        json.WriteString("status", Status);
        json.WriteString("docStatus", "final");
        json.RequiredConcept("type", Type);
        json.Concepts("category", line?.Class ?? Concept.Empty);
        json.Subject("subject", context.Subject ?? context.FiledUnder);
        json.Instant("date", Created);
        json.Persons("author", Author);
        json.Person("authenticator", header?.Authenticator);
        if (header?.Custodian is { } custodian)
        {
            json.WriteStartObject("custodian");
            json.WriteString("display", custodian);
            json.WriteEndObject();
        }
        WriteReplaced(json);
        json.WriteString("description", Title);
        json.Concepts("securityLabel", [.. context.Confidentiality.Select(label => new Concept([label]))]);
        WriteContent(json);
        WriteContext(json);
    }

    private void WriteReplaced(Utf8JsonWriter json)
    {
        var replaced = (header?.Replaces ?? []).Select(id => id.ToBusinessIdentifier()).ToList();
        if (replaced.Count == 0 && line?.Replaces is { } known)
            replaced.Add(CdaId.Parse(known).ToBusinessIdentifier());
        if (replaced.Count == 0)
            return;
        json.WriteStartArray("relatesTo");
        foreach (var identifier in replaced)
        {
            json.WriteStartObject();
            json.WriteString("code", "replaces");
            json.WriteStartObject("target");
            json.WritePropertyName("identifier");
            json.Identifier(identifier);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void WriteContent(Utf8JsonWriter json)
    {
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteStartObject("attachment");
        json.WriteString("contentType", content?.ContentType ?? line?.MimeType ?? ReadableContent.CdaType);
        json.Text("language", header?.Language);
        if (content is { } readable)
        {
            if (readable.Bytes.Length <= InlineBytes)
                json.WriteBase64String("data", readable.Bytes.Span);
            json.WriteNumber("size", readable.Bytes.Length);
            // FHIR and XDS both define this hash as SHA-1: it tells copies apart, it protects nothing.
            json.WriteBase64String("hash", SHA1.HashData(readable.Bytes.Span));
        }
        else
        {
            WriteIndexedSize(json);
        }
        json.Text("title", Title);
        json.Time("creation", Created);
        json.WriteEndObject();
        WriteFormat(json);
        json.WriteEndObject();
        if (content is { ContentType: not ReadableContent.CdaType } && header is not null)
            WriteFile(json);
        json.WriteEndArray();
    }

    // Beside the PDF of a level 1 document: the CDA file around it, as the index knows it.
    private void WriteFile(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("attachment");
        json.WriteString("contentType", ReadableContent.CdaType);
        WriteIndexedSize(json);
        json.Text("title", Title);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteIndexedSize(Utf8JsonWriter json)
    {
        if (line?.Size is { } size and >= 0 and <= int.MaxValue)
            json.WriteNumber("size", size);
        else if (fileSize is { } known)
            json.WriteNumber("size", known);
        if (line?.Sha1 is { } hash && Hexadecimal(hash) is { } bytes)
            json.WriteBase64String("hash", bytes);
    }

    private void WriteFormat(Utf8JsonWriter json)
    {
        if (line?.Format.First is not { } format)
            return;
        json.WritePropertyName("format");
        json.Coding(format);
    }

    private void WriteContext(Utf8JsonWriter json)
    {
        var facility = (line?.FacilityType ?? Concept.Empty).Or(header?.FacilityType ?? Concept.Empty);
        var practice = (line?.PracticeSetting ?? Concept.Empty).Or(header?.PracticeSetting ?? Concept.Empty);
        var start = ServiceStart ?? Created;
        if (facility.IsEmpty && practice.IsEmpty && start is null && header is not { ServiceEvents.Count: > 0 })
            return;
        json.WriteStartObject("context");
        json.Concepts("event", [.. header?.ServiceEvents ?? []]);
        json.Period("period", start, line?.ServiceStop ?? header?.ServiceStop);
        json.Concept("facilityType", facility);
        json.Concept("practiceSetting", practice);
        json.WriteEndObject();
    }

    private static byte[]? Hexadecimal(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
