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
    /// <summary>How the truth is written: readable, as it stands in no page.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
    public void Add(SyntheticPatient patient) => Add(patient, 0);

    /// <summary>Writes the line of a patient of a world that went on.</summary>
    /// <param name="patient">As they stand now.</param>
    /// <param name="seq">Number of the last event that concerned them; 0 when there was none.</param>
    public void Add(SyntheticPatient patient, long seq)
    {
        ArgumentNullException.ThrowIfNull(patient);
        json.WriteStartObject();
        json.WriteString("ins", InsOf(patient));
        json.WriteNumber("seq", seq);
        json.WriteStartArray("facts");
        foreach (var fact in patient.Facts)
            WriteFact(json, patient, fact);
        json.WriteEndArray();

        WriteHazards(patient);
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

    /// <summary>The patient as the truth names them.</summary>
    public static string InsOf(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return PatientListWriter.System + "|" + patient.InsNir;
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
        FactKind.ReimbursedVaccine => "IMMUNIZATION",
        FactKind.ReimbursedDevice => "REIMBURSEMENT",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Leading code under which a source shows a fact. A stay is coded by its class; its diagnosis is why, not what, it is.</summary>
    public static SyntheticCode CodeOf(SyntheticFact fact, SyntheticVariant? variant = null)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Kind == FactKind.Stay ? InpatientStay : variant?.Code ?? fact.Codes[0];
    }

    /// <summary>Kind of a trap as the truth writes it (contract §7).</summary>
    public static string NameOf(IdentityTrapKind kind) => kind switch
    {
        IdentityTrapKind.TraitsMismatch => "TRAITS_MISMATCH",
        IdentityTrapKind.Homonym => "HOMONYM",
        IdentityTrapKind.Twin => "TWIN",
        IdentityTrapKind.WrongKey => "WRONG_KEY",
        IdentityTrapKind.SharedInsuredNir => "SHARED_INSURED_NIR",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Reach of a trap as the truth writes it.</summary>
    public static string NameOf(TrapReach reach) => reach switch
    {
        TrapReach.Own => "OWN",
        TrapReach.KeptOut => "KEPT_OUT",
        TrapReach.Unreachable => "UNREACHABLE",
        _ => throw new ArgumentOutOfRangeException(nameof(reach)),
    };

    private void WriteHazards(SyntheticPatient patient)
    {
        json.WriteStartArray("redundant");
        foreach (var (exam, of) in RedundantExams.Among(patient.Facts.Where(fact => fact.Origins.Any(patient.Shows))))
        {
            json.WriteStartObject();
            json.WriteString("factId", exam.Id);
            json.WriteString("of", of.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("interactions");
        foreach (var (one, other, level) in DangerousMedicines.Interactions(patient))
            WriteCouple(one, other, "level", level);
        json.WriteEndArray();
        json.WriteStartArray("duplicates");
        foreach (var (one, other, substance) in DangerousMedicines.Duplicates(patient))
            WriteCouple(one, other, "code", $"{substance.System}|{substance.Code}");
        json.WriteEndArray();
        json.WriteStartArray("identityTraps");
        foreach (var trap in patient.Traps)
        {
            json.WriteStartObject();
            json.WriteString("kind", NameOf(trap.Kind));
            json.WriteString("sourceId", trap.SourceId);
            json.WriteString("reach", NameOf(trap.Reach));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteCouple(SyntheticFact one, SyntheticFact other, string name, string value)
    {
        json.WriteStartObject();
        json.WriteStartArray("factIds");
        json.WriteStringValue(one.Id);
        json.WriteStringValue(other.Id);
        json.WriteEndArray();
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>Writes a fact with its visible origins; nothing when it has none.</summary>
    public static void WriteFact(Utf8JsonWriter json, SyntheticPatient patient, SyntheticFact fact)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(fact);
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
