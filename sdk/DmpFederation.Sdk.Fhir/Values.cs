using System.Globalization;
using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>Values of observations and supplies.</summary>
internal static class Values
{
    private const string Loinc = "http://loinc.org";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string SystolicCode = "8480-6";
    private const string DiastolicCode = "8462-4";

    internal static bool IsMeasured(Observation observation) =>
        (observation.Value as Quantity)?.Value is not null || (observation.Value as Integer)?.Value is not null || Range(observation) is not null;

    internal static EntryValue? Of(Observation observation)
    {
        var quantity = observation.Value switch
        {
            Quantity measured => measured,
            Integer { Value: { } whole } => new Quantity { Value = whole },
            _ => null,
        };
        var concept = Concept.Of(observation.Value as CodeableConcept);
        var text = Texts.Stated(concept.Text) ?? Text(observation.Value);
        if (IsEmpty(quantity) && text is null && concept.IsNone)
        {
            quantity = null;
            text = Components(observation);
        }
        var range = Range(observation);
        return Made(new EntryValue
        {
            Number = quantity?.Value,
            Comparator = Comparator(quantity),
            Unit = Unit(quantity),
            UnitCode = UcumCode(quantity),
            Coding = concept.Chosen(),
            Text = text,
            ReferenceLow = SameUnit(quantity, range?.Low) ? range?.Low?.Value : null,
            ReferenceHigh = SameUnit(quantity, range?.High) ? range?.High?.Value : null,
            Interpretation = Interpretation(observation),
        });
    }

    internal static EntryValue? Of(Quantity? supplied) => supplied is null ? null : Made(new EntryValue
    {
        Number = supplied.Value,
        Comparator = Comparator(supplied),
        Unit = Unit(supplied),
        UnitCode = UcumCode(supplied),
    });

    private static EntryValue? Made(EntryValue value) => value == new EntryValue() ? null : value;

    private static Observation.ReferenceRangeComponent? Range(Observation observation) =>
        observation.ReferenceRange.Find(static range => range.Low?.Value is not null || range.High?.Value is not null);

    private static string? Interpretation(Observation observation) => observation.Interpretation
        .Select(static concept => concept.Coding.Find(static coding => !string.IsNullOrEmpty(coding.Code) && Texts.Stated(coding.System)
            is null
            or "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
            or "http://hl7.org/fhir/v3/ObservationInterpretation"
            or "urn:oid:2.16.840.1.113883.5.83"
            or "http://terminology.hl7.org/CodeSystem/v2-0078"
            or "http://hl7.org/fhir/v2/0078"))
        .FirstOrDefault(static coding => coding is not null)?.Code;

    private static string? Text(DataType? value) => value switch
    {
        FhirBoolean { Value: { } flag } => flag ? "true" : "false",
        FhirString or Time or FhirDateTime => Texts.Of(value),
        Hl7.Fhir.Model.Range range => Pair(Print(range.Low), " - ", Print(range.High))?.Trim(),
        Ratio { Numerator: var part, Denominator: var whole } =>
            Pair(Print(part), Unit(part) is null && Unit(whole) is null ? ":" : "/", Print(whole)),
        Period period => Pair(Texts.Stated(period.Start), "/", Texts.Stated(period.End)),
        _ => null,
    };

    private static string? Pair(string? left, string between, string? right) => left is null && right is null ? null : left + between + right;

    private static string? Components(Observation observation)
    {
        if (Numeric(observation, SystolicCode) is { } systolic
            && Numeric(observation, DiastolicCode) is { } diastolic
            && SameUnit(systolic, diastolic))
        {
            var unit = Unit(systolic) ?? Unit(diastolic);
            return $"{Number(systolic)}/{Number(diastolic)}{(unit is null ? "" : " " + unit)}";
        }
        var parts = observation.Component
            .Select(static component => (Label: Concept.Of(component.Code).Label(), Value: Print(component.Value)))
            .Where(static part => part.Value is not null)
            .Select(static part => part.Label is null ? part.Value : $"{part.Label}: {part.Value}");
        return Texts.Stated(string.Join("; ", parts));
    }

    private static Quantity? Numeric(Observation observation, string loinc) => observation.Component
        .Where(component => Concept.Of(component.Code).Codings.Any(coding => coding is { System: Loinc } && coding.Code == loinc))
        .Select(static component => component.Value as Quantity)
        .LastOrDefault() is { Value: not null } quantity && Comparator(quantity) is null ? quantity : null;

    private static string? Print(DataType? value) => value switch
    {
        Quantity { Value: not null } quantity => $"{Comparator(quantity)}{Number(quantity)}{(Unit(quantity) is { } unit ? " " + unit : "")}",
        Integer { Value: { } whole } => whole.ToString(CultureInfo.InvariantCulture),
        CodeableConcept concept => Concept.Of(concept).Label(),
        _ => Texts.Shown(Text(value)),
    };

    private static bool IsEmpty(Quantity? quantity) => quantity?.Value is null && Comparator(quantity) is null && Unit(quantity) is null;

    private static string? Number(Quantity quantity) => quantity.Value?.ToString(CultureInfo.InvariantCulture);

    private static string? Comparator(Quantity? quantity) => Texts.Of(quantity?.ComparatorElement);

    private static string? Unit(Quantity? quantity) => Texts.Stated(quantity?.Unit) ?? Texts.Stated(quantity?.Code);

    private static string? UcumCode(Quantity? quantity) => quantity?.System == Ucum ? Texts.Stated(quantity.Code) : null;

    // Units that are not stated are taken to be the same.
    private static bool SameUnit(Quantity? left, Quantity? right)
    {
        if (Texts.Stated(left?.Code) is { } leftCode && Texts.Stated(right?.Code) is { } rightCode)
            return leftCode == rightCode;
        return Texts.Stated(left?.Unit) is not { } leftUnit || Texts.Stated(right?.Unit) is not { } rightUnit || leftUnit == rightUnit;
    }
}
