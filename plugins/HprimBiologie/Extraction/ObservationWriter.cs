using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.HprimBiologie.Extraction;

/// <summary>
/// Makes an R4 Observation of a RES line. Its first value leads; the second one, in another unit, is the same measurement and stands in a component. A
/// code without LOINC keeps the laboratory's own.
/// </summary>
internal sealed class ObservationWriter(FhirJson fhir, LaboratoryCodes codes)
{
    private const string InterpretationSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private const string CategorySystem = "http://terminology.hl7.org/CodeSystem/observation-category";
    private const string AbsentSystem = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    /// <summary>Status of a result as FHIR spells it; null when its laboratory withdrew it.</summary>
    public static string? StatusOf(HprimResult result, bool complete) => result.Status switch
    {
        "X" or "D" => null,
        "F" or "" => complete ? "final" : "preliminary",
        "P" => "preliminary",
        _ => "unknown",
    };

    public DossierEntry Write(HprimReport report, HprimResult result, string status, in EntryContext context, DateTimeOffset? recorded)
    {
        var header = report.Header;
        var first = codes.Find(header.Sender, result.Code, result.First.Unit);
        fhir.Begin("Observation", recorded);
        var json = fhir.Json;
        json.WriteString("status", status);
        fhir.Concepts("category", CategorySystem, "laboratory");
        fhir.Concept("code", Codings(header.Sender, result, first), LabelOf(result));
        fhir.Patient(context.FiledUnder);
        if (header.Date is { } day)
            json.WriteString("effectiveDateTime", FhirDate.FromDay(day).ToString());
        fhir.Laboratory("performer", header);
        Value(result.First, first.Ucum, result.Type);
        if (result.Flag is "N" or "L" or "H" or "LL" or "HH")
            fhir.Concepts("interpretation", InterpretationSystem, result.Flag);
        Range(result.First, first.Ucum);
        if (result.Second is { } second)
        {
            var other = codes.Find(header.Sender, result.Code, second.Unit);
            json.WriteStartArray("component");
            json.WriteStartObject();
            fhir.Concept("code", Codings(header.Sender, result, other), LabelOf(result));
            Value(second, other.Ucum, result.Type);
            Range(second, other.Ucum);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        return DossierEntry.FromJson(fhir.End(), context);
    }

    private static string LabelOf(HprimResult result) => result.Label.Length > 0 ? result.Label : result.Code;

    private static Coding[] Codings(string sender, HprimResult result, LaboratoryCode code)
    {
        Coding[] local = result.Code.Length > 0 ? [new Coding(LocalIds.CodeSystem(sender), result.Code, LabelOf(result))] : [];
        return code.Loinc is { } loinc ? [new Coding(FhirJson.Loinc, loinc, LabelOf(result)), .. local] : local;
    }

    private void Value(HprimMeasure measure, string? ucum, string type)
    {
        if (measure.Value.Length == 0)
            fhir.Concept("dataAbsentReason", [new Coding(AbsentSystem, "unknown", "Unknown")], null);
        else if (type != "A" && HprimNumber.Read(measure.Value, measure.Unit, out var comparator) is { } number)
            fhir.Quantity("valueQuantity", number, comparator, measure.Unit, ucum);
        else
            fhir.Json.WriteString("valueString", measure.Unit.Length == 0 ? measure.Value : $"{measure.Value} {measure.Unit}");
    }

    private void Range(HprimMeasure measure, string? ucum)
    {
        if (measure.Low.Length + measure.High.Length == 0)
            return;
        var low = HprimNumber.Read(measure.Low, measure.Unit, out var lowComparator);
        var high = HprimNumber.Read(measure.High, measure.Unit, out var highComparator);
        fhir.Json.WriteStartArray("referenceRange");
        fhir.Json.WriteStartObject();
        // A bound printed with a comparator, or in words, says more than a number: it stays a text.
        if (low is { } least && lowComparator is null)
            fhir.Quantity("low", least, null, measure.Unit, ucum);
        if (high is { } most && highComparator is null)
            fhir.Quantity("high", most, null, measure.Unit, ucum);
        if ((low is null && measure.Low.Length > 0) || (high is null && measure.High.Length > 0) || lowComparator is not null || highComparator is not null)
            fhir.Json.WriteString("text", $"{measure.Low} - {measure.High}".Trim(' ', '-'));
        fhir.Json.WriteEndObject();
        fhir.Json.WriteEndArray();
    }
}
