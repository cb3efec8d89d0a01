using System.Text.Json;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>The value of an observation, ready for the envelope and for the resource.</summary>
/// <param name="Envelope">What the hub merges and shows; null when the value is missing.</param>
/// <param name="Write">Writes <c>value[x]</c> or <c>dataAbsentReason</c>.</param>
internal sealed record ObservedValue(EntryValue? Envelope, Action<Utf8JsonWriter> Write)
{
    internal static readonly ObservedValue None = new(null, static _ => { });

    internal static ObservedValue OfQuantity(Quantity quantity) => new(
        new EntryValue { Number = quantity.Number, Comparator = quantity.Comparator, Unit = quantity.UnitLabel, UnitCode = quantity.UcumUnit },
        json => quantity.Write(json, "valueQuantity"));

    internal static ObservedValue OfRange(Quantity low, Quantity high) => new(
        new EntryValue { Text = $"{low} - {high}" },
        json =>
        {
            json.WriteStartObject("valueRange");
            low.Write(json, "low");
            high.Write(json, "high");
            json.WriteEndObject();
        });

    internal static ObservedValue OfRatio(Quantity numerator, Quantity denominator) => new(
        new EntryValue { Text = $"{numerator} / {denominator}" },
        json =>
        {
            json.WriteStartObject("valueRatio");
            numerator.Write(json, "numerator");
            denominator.Write(json, "denominator");
            json.WriteEndObject();
        });

    internal static ObservedValue OfConcept(Concept concept) => new(
        new EntryValue { Coding = concept.First, Text = concept.Label },
        json => json.Concept("valueCodeableConcept", concept));

    internal static ObservedValue OfText(string text) => new(new EntryValue { Text = text }, json => json.WriteString("valueString", text));

    internal static ObservedValue OfInteger(int number) => new(new EntryValue { Number = number }, json => json.WriteNumber("valueInteger", number));

    internal static ObservedValue OfBoolean(bool value) =>
        new(new EntryValue { Text = value ? "true" : "false" }, json => json.WriteBoolean("valueBoolean", value));

    internal static ObservedValue OfTime(FhirDate time) =>
        new(new EntryValue { Text = time.ToString() }, json => json.Time("valueDateTime", time));

    internal static ObservedValue OfPeriod(FhirDate? start, FhirDate? end) =>
        new(new EntryValue { Text = $"{start} - {end}" }, json => json.Period("valuePeriod", start, end));

    /// <summary>A value that was left out, with the reason its null flavour gives.</summary>
    internal static ObservedValue Absent(string nullFlavor) => new(
        null,
        json => json.Code("dataAbsentReason", "http://terminology.hl7.org/CodeSystem/data-absent-reason", nullFlavor switch
        {
            "MSK" => "masked",
            "NASK" => "not-asked",
            "ASKU" => "asked-unknown",
            "NAV" => "temp-unknown",
            "NA" => "not-applicable",
            "NINF" => "negative-infinity",
            "PINF" => "positive-infinity",
            _ => "unknown",
        }));
}
