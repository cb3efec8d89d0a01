using System.Buffers;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.TestKit;

/// <summary>Builds entries with valid data by default; a test states only what matters to it.</summary>
internal sealed record AnEntry
{
    private static int lastNumber;

    private AnEntry(string resourceType, EntryCategory category)
    {
        ResourceType = resourceType;
        Category = category;
    }

    public string ResourceType { get; init; }

    public EntryCategory Category { get; init; }

    public string LocalId { get; init; } = $"e{Interlocked.Increment(ref lastNumber)}";

    public PatientKey Patient { get; init; } = APatient.Known().Ins.Key;

    public IReadOnlyList<Coding> Codings { get; init; } = [];

    public string? Date { get; init; } = "2009-03-12";

    public string? Title { get; init; }

    public EntryValue? Value { get; init; }

    public EntryAuthor? Author { get; init; }

    public string? Status { get; init; } = "final";

    public string? Version { get; init; }

    public DateTimeOffset? Recorded { get; init; }

    public string? Document { get; init; }

    /// <summary>Local id of the stay it belongs to.</summary>
    public string? Stay { get; init; }

    /// <summary>Resources of the same source its <c>result</c> refers to, as written.</summary>
    public IReadOnlyList<string> Results { get; init; } = [];

    public IReadOnlyList<BusinessIdentifier> Identifiers { get; init; } = [];

    public IReadOnlyList<string> Confidentiality { get; init; } = [];

    /// <summary>End of a stay.</summary>
    public string? PeriodEnd { get; init; }

    /// <summary>Hash of a document's content.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Codes and numbers of components.</summary>
    public IReadOnlyList<(string Code, decimal Value)> Components { get; init; } = [];

    public static implicit operator DossierEntry(AnEntry builder) => builder.Build();

    public static AnEntry Of(EntryCategory category, string resourceType) => new(resourceType, category);

    public static AnEntry Result(string loinc, decimal value, string unit) => new("Observation", EntryCategory.LabResult)
    {
        Codings = [new Coding("http://loinc.org", loinc)],
        Value = new EntryValue { Number = value, Unit = unit, UnitCode = unit },
        Date = "2009-03-12T08:15:00+01:00",
    };

    public static AnEntry HbA1c(decimal percent = 7.2m) => Result("4548-4", percent, "%");

    public static AnEntry Dispensation(string cip13 = "3400935955838", string day = "2009-03-12") =>
        new("MedicationDispense", EntryCategory.Medication)
        {
            Codings = [new Coding("urn:oid:1.2.250.1.213.2.3.2", cip13)],
            Date = day,
            Status = "completed",
        };

    public static AnEntry Prescription(string atc = "A10BA02", string day = "2009-03-12") => new("MedicationRequest", EntryCategory.Medication)
    {
        Codings = [new Coding("http://www.whocc.no/atc", atc)],
        Date = day,
        Status = "active",
    };

    public static AnEntry Problem(string icd10, string? onset = null) => new("Condition", EntryCategory.Condition)
    {
        Codings = [new Coding("http://hl7.org/fhir/sid/icd-10", icd10)],
        Date = onset,
        Status = "active",
    };

    public static AnEntry AllergyText(string text) =>
        new("AllergyIntolerance", EntryCategory.Allergy) { Title = text, Date = null, Status = "active" };

    public static AnEntry Paper(string uniqueId) => new("DocumentReference", EntryCategory.Document)
    {
        Codings = [new Coding("http://loinc.org", "11502-2")],
        Identifiers = [new BusinessIdentifier("urn:ietf:rfc:3986", uniqueId)],
        Status = "current",
    };

    public AnEntry For(PatientKey patient) => this with { Patient = patient };

    public AnEntry Named(string localId) => this with { LocalId = localId };

    public AnEntry Identified(string system, string value) => this with { Identifiers = [.. Identifiers, new BusinessIdentifier(system, value)] };

    public DossierEntry Build() => new()
    {
        LocalId = LocalId,
        FiledUnder = Patient,
        Category = Category,
        Resource = Write(),
        Version = Version,
        Code = Codings.Count > 0 ? Codings[0] : null,
        Codings = Codings,
        Date = Date is null ? null : FhirDate.Parse(Date),
        Title = Title ?? (Codings.Count > 0 ? Codings[0].Display ?? Codings[0].Code! : ResourceType),
        Value = Value,
        Author = Author,
        Status = Status,
        Confidentiality = Confidentiality,
        Identifiers = Identifiers,
        Recorded = Recorded,
        DocumentLocalId = Document,
        EncounterLocalId = Stay,
    };

    private ReadOnlyMemory<byte> Write()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("resourceType", ResourceType);
        json.WriteString("id", LocalId);
        json.WriteString("versionId", Version);
        json.WriteString("title", Title);
        json.WriteString("when", Date);
        json.WriteString("status", Status);
        json.WriteString("codings", string.Join('|', Codings));
        json.WriteString("identifiers", string.Join('|', Identifiers));
        json.WriteString("value", Value?.ToString());
        json.WriteString("author", Author?.ToString());
        if (PeriodEnd is not null)
        {
            json.WriteStartObject("period");
            json.WriteString("start", Date);
            json.WriteString("end", PeriodEnd);
            json.WriteEndObject();
        }
        if (ContentHash is not null)
        {
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteStartObject("attachment");
            json.WriteString("hash", ContentHash);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }
        if (Components.Count > 0)
            WriteComponents(json);
        if (Results.Count > 0)
        {
            json.WriteStartArray("result");
            foreach (var result in Results)
            {
                json.WriteStartObject();
                json.WriteString("reference", result);
                json.WriteString("display", "a result");
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteComponents(Utf8JsonWriter json)
    {
        json.WriteStartArray("component");
        foreach (var (code, value) in Components)
        {
            json.WriteStartObject();
            json.WriteStartObject("code");
            json.WriteStartArray("coding");
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("valueQuantity");
            json.WriteNumber("value", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
