using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Truth;

/// <summary>
/// Writes <c>truth.ndjson</c>: per patient, what a reader with every right must see, each fact once with all its visible origins.
/// </summary>
public sealed class TruthWriter : IWorldWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SyntheticCode InpatientStay = new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", "Hospitalisation complète");

    private readonly Stream output;
    private readonly Utf8JsonWriter json;

    /// <param name="output">Where to write; disposed with the writer.</param>
    public TruthWriter(Stream output)
    {
        this.output = output;
        json = new Utf8JsonWriter(output, Options);
    }

    /// <inheritdoc/>
    public void Add(SyntheticPatient patient)
    {
        json.WriteStartObject();
        json.WriteString("ins", PatientListWriter.System + "|" + patient.InsNir);
        json.WriteStartArray("facts");
        foreach (var fact in patient.Facts)
            WriteFact(patient, fact);
        json.WriteEndArray();

        // Part of the format; this generator plants none of them yet, and promises by the empty lists that there are none.
        foreach (var planted in (string[])["redundant", "interactions", "identityTraps"])
        {
            json.WriteStartArray(planted);
            json.WriteEndArray();
        }

        json.WriteStartArray("conditions");
        foreach (var condition in patient.Conditions)
            json.WriteStringValue(condition);
        json.WriteEndArray();
        json.WriteNumber("birthYear", patient.BirthDate.Year);
        json.WriteString("sex", patient.Sex);
        json.WriteString("region", patient.Region);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
        json.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        json.Dispose();
        output.Dispose();
    }

    /// <summary>Category under which the hub shows a kind of fact (contract §4).</summary>
    public static string CategoryOf(FactKind kind) => kind switch
    {
        FactKind.Dispensation or FactKind.Prescription => "MEDICATION",
        FactKind.LabResult => "LAB_RESULT",
        FactKind.Problem => "CONDITION",
        FactKind.Allergy => "ALLERGY",
        FactKind.Vaccination => "IMMUNIZATION",
        FactKind.VitalSign => "VITAL_SIGN",
        FactKind.Stay or FactKind.Visit => "ENCOUNTER",
        FactKind.Act => "PROCEDURE",
        FactKind.CarePlan => "CARE_PLAN",
        FactKind.Document => "DOCUMENT",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Leading code under which a source shows a fact. A stay is coded by its class; its diagnosis is why, not what, it is.</summary>
    public static SyntheticCode CodeOf(SyntheticFact fact, SyntheticVariant? variant = null)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Kind == FactKind.Stay ? InpatientStay : variant?.Code ?? fact.Codes[0];
    }

    private void WriteFact(SyntheticPatient patient, SyntheticFact fact)
    {
        if (!fact.Origins.Any(patient.Shows))
            return;
        json.WriteStartObject();
        json.WriteString("factId", fact.Id);
        json.WriteString("category", CategoryOf(fact.Kind));
        json.WriteString("date", fact.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var code = CodeOf(fact);
        json.WriteString("code", $"{code.System}|{code.Code}");
        json.WriteStartArray("origins");
        foreach (var origin in fact.Origins.Where(patient.Shows))
        {
            json.WriteStartObject();
            json.WriteString("sourceId", origin.SourceId);
            json.WriteString("localId", origin.LocalId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
