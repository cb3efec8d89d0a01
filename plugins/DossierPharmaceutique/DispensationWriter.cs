using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>
/// Makes entries of dispensed lines: R4 MedicationDispense, also for a vaccine, since a box handed over does not prove an injection. Holds what the
/// dossier pharmaceutique shares and no more: product, boxes, day. Not thread-safe; one per read.
/// </summary>
internal sealed class DispensationWriter : IDisposable
{
    /// <summary>Presentation codes (CIP13).</summary>
    public const string CipSystem = "urn:oid:1.2.250.1.213.2.3.2";

    /// <summary>Therapeutic classes (ATC).</summary>
    public const string AtcSystem = "http://www.whocc.no/atc";

    /// <summary>Line keys of the host: its own machine OID, under which the national eDISP-MED documents also name it.</summary>
    public const string LineSystem = "urn:oid:1.2.250.1.176.1";

    /// <summary>EDQM standard terms, where 30009000 is a box.</summary>
    public const string EdqmSystem = "urn:oid:0.4.0.127.0.16.1.1.2.1";

    /// <summary>
    /// The record's author is the host's machine (author of type "dispositif" in the national eDISP-MED document), because neither the pharmacy nor
    /// the pharmacist may be shown. It is not the performer of the dispensation, so the resource names nobody.
    /// </summary>
    private static readonly EntryAuthor Machine = new("578435954900010/1.2.250.1.176.1", "Dossier pharmaceutique", "DISPOSITIF");

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter json;

    public DispensationWriter() => json = new Utf8JsonWriter(buffer, Options);

    /// <summary>The entry of a line, or what keeps it from being one.</summary>
    /// <param name="line">The line.</param>
    /// <param name="patient">The key it was asked by.</param>
    public ReadItem Write(in DispensedLine line, PatientKey patient)
    {
        if (!DateOnly.TryParseExact(line.Date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Unusable(line, patient);

        var date = FhirDate.FromDay(day);
        var codings = Codings(line);
        var version = line.Version?.ToString(CultureInfo.InvariantCulture);
        var recorded = DateTimeOffset.TryParseExact(
            line.Recorded, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : (DateTimeOffset?)null;
        var identifiers = line is { OtherSystem: { } system, OtherValue: { Length: > 0 } value }
            ? new[] { new BusinessIdentifier(LineSystem, line.Id), new BusinessIdentifier(system, value) }
            : [new BusinessIdentifier(LineSystem, line.Id)];
        return new DossierEntry
        {
            LocalId = line.Id,
            FiledUnder = patient,
            Category = EntryCategory.Medication,
            Resource = Resource(line, date, codings, identifiers, version, recorded),
            Version = version,
            Code = codings.Length > 0 ? codings[0] : null,
            Codings = codings,
            Date = date,
            Title = FirstText(line.Label, line.Cip13, line.Atc) ?? "MedicationDispense",
            Value = line.Boxes is { } boxes ? new EntryValue { Number = boxes, Unit = "boîte" } : null,
            Author = Machine,
            Status = "completed",
            Identifiers = identifiers,
            Recorded = recorded,
        };
    }

    public void Dispose() => json.Dispose();

    private static Coding[] Codings(in DispensedLine line) => (line.Cip13, line.Atc) switch
    {
        ({ Length: > 0 } cip, { Length: > 0 } atc) => [new(CipSystem, cip, line.Label), new(AtcSystem, atc)],
        ({ Length: > 0 } cip, _) => [new(CipSystem, cip, line.Label)],
        (_, { Length: > 0 } atc) => [new(AtcSystem, atc, line.Label)],
        _ => [],
    };

    private byte[] Resource(
        in DispensedLine line, FhirDate date, Coding[] codings, BusinessIdentifier[] identifiers, string? version, DateTimeOffset? recorded)
    {
        Begin();
        json.WriteString("resourceType", "MedicationDispense");
        json.WriteStartObject("meta");
        if (version is not null)
            json.WriteString("versionId", version);
        if (recorded is { } moment)
            json.WriteString("lastUpdated", moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartArray("identifier");
        foreach (var identifier in identifiers)
        {
            json.WriteStartObject();
            json.WriteString("system", identifier.System);
            json.WriteString("value", identifier.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("status", "completed");
        WriteProduct(codings, line.Label);
        if (line.Boxes is { } boxes)
        {
            json.WriteStartObject("quantity");
            json.WriteNumber("value", boxes);
            json.WriteString("unit", "boîte");
            json.WriteString("system", EdqmSystem);
            json.WriteString("code", "30009000");
            json.WriteEndObject();
        }
        json.WriteString("whenHandedOver", date.ToString());
        if (line.Cip13 is { Length: > 0 } cip && !Cip13.HasRightKey(cip))
        {
            json.WriteStartArray("note");
            json.WriteStartObject();
            json.WriteString("text", "Code CIP13 à clé fausse, conservé tel que saisi.");
            json.WriteEndObject();
            json.WriteEndArray();
        }
        return End();
    }

    private void WriteProduct(Coding[] codings, string? label)
    {
        json.WriteStartObject("medicationCodeableConcept");
        if (codings.Length > 0)
        {
            json.WriteStartArray("coding");
            foreach (var coding in codings)
            {
                json.WriteStartObject();
                json.WriteString("system", coding.System);
                json.WriteString("code", coding.Code);
                if (coding.Display is { Length: > 0 } display)
                    json.WriteString("display", display);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteString("text", label is { Length: > 0 } ? label : "Produit sans libellé");
        json.WriteEndObject();
    }

    private Unreadable Unusable(in DispensedLine line, PatientKey patient)
    {
        Begin();
        KeptLine.Write(json, line);
        return new Unreadable
        {
            Code = "DP_DATE",
            Reason = "The day of the dispensation is not a calendar day (AAAAMMJJ).",
            Position = "dispensation.date_delivrance",
            Raw = End(),
            Patient = patient,
            LocalId = line.Id,
        };
    }

    private void Begin()
    {
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
    }

    private byte[] End()
    {
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string? FirstText(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
                return text;
        }
        return null;
    }
}
