using System.Globalization;
using System.Text.Json;

namespace DmpFederation.Sdk;

/// <content>Values: what an Observation observed, and the quantities of other types.</content>
internal ref partial struct EntryReader
{
    private const string Loinc = "http://loinc.org";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string SystolicCode = "8480-6";
    private const string DiastolicCode = "8462-4";

    private bool ReadValueProperty(Field field)
    {
        switch (field)
        {
            case >= Field.ValueQuantity and <= Field.ValuePeriod:
                ReadObserved(field, ref observed);
                return true;
            case Field.ReferenceRange:
                ReadReferenceRanges();
                return true;
            case Field.Interpretation:
                interpretation = ReadInterpretation() ?? interpretation;
                return true;
            case Field.Quantity or Field.DoseQuantity:
                ReadQuantity(ref supplied);
                return true;
            case Field.DispenseRequest:
                ReadInside(Field.Quantity);
                return true;
            case Field.Context:
                ReadContext();
                return true;
            case Field.Content:
                ReadInside(Field.Attachment);
                return true;
            default:
                return false;
        }
    }

    // Of a DocumentReference period and encounters, of a medicine the reference to the encounter itself.
    private void ReadContext()
    {
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.Period)
                    ReadDate(ref dates[(int)Field.ContextPeriod]);
                else if (field == Field.Encounter)
                    ReadEncounter();
                else if (field == Field.Reference)
                    ReadText(ref encounter);
                else
                    json.Skip();
            }
        }
    }

    // dispenseRequest.quantity, the title of the first content.attachment that has one.
    private void ReadInside(Field wanted)
    {
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field != wanted)
                    json.Skip();
                else if (field == Field.Quantity)
                    ReadQuantity(ref supplied);
                else
                    ReadAttachment();
            }
        }
    }

    private void ReadAttachment()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        for (var field = Next(); field != Field.Over; field = Next())
        {
            if (field == Field.Title && attachmentTitle.Length == 0)
                ReadText(ref attachmentTitle);
            else
                json.Skip();
        }
    }

    private void ReadObserved(Field field, ref Observed place)
    {
        var value = default(Observed);
        switch (field)
        {
            case Field.ValueQuantity:
                ReadQuantity(ref value.Quantity);
                break;
            case Field.ValueInteger:
                value.Quantity.Number = Number();
                break;
            case Field.ValueCodeableConcept:
                value.Concept = ReadConcept();
                break;
            case Field.ValueString or Field.ValueTime or Field.ValueDateTime:
                ReadText(ref value.Concept.Text);
                break;
            case Field.ValueBoolean:
                value.Made = json.TokenType switch { JsonTokenType.True => "true", JsonTokenType.False => "false", _ => null };
                json.Skip();
                break;
            case Field.ValueRange or Field.ValueRatio or Field.ValuePeriod:
                value.Made = ReadPair(field);
                break;
            default:
                json.Skip();
                break;
        }
        if (!value.IsEmpty)
            place = value;
    }

    // A range "4 - 6 mmol/L", a ratio "1:128" or "5 mg/100 mL", a period "2009-03-12/2009-03-14" (ISO 8601). A part not stated is left out.
    private string? ReadPair(Field pair)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }
        var (first, second) = (default(Quantity), default(Quantity));
        var (start, end) = (default(Slice), default(Slice));
        for (var field = Next(); field != Field.Over; field = Next())
        {
            if (field == Field.End)
                ReadText(ref end);
            else if (field == Field.Start)
                ReadText(ref start);
            else if (field is Field.Low or Field.Numerator)
                ReadQuantity(ref first);
            else if (field is Field.High or Field.Denominator)
                ReadQuantity(ref second);
            else
                json.Skip();
        }
        var (left, right) = pair == Field.ValuePeriod ? (Text(start), Text(end)) : (first.Print(), second.Print());
        if ((left ?? right) is null)
            return null;
        return pair switch
        {
            Field.ValueRange => $"{left} - {right}".Trim(),
            Field.ValueRatio when first.HasUnit || second.HasUnit => $"{left}/{right}",
            Field.ValueRatio => $"{left}:{right}",
            _ => $"{left}/{right}",
        };
    }

    private void ReadReferenceRanges()
    {
        var (newLow, newHigh) = (default(Quantity), default(Quantity));
        for (var list = Elements(); Next(ref list);)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            // The first range with an end counts; the others hold for other populations or states.
            var taken = newLow.Number is not null || newHigh.Number is not null;
            for (var field = Next(); field != Field.Over; field = Next())
            {
                if (field == Field.Low && !taken)
                    ReadQuantity(ref newLow);
                else if (field == Field.High && !taken)
                    ReadQuantity(ref newHigh);
                else
                    json.Skip();
            }
        }
        if (newLow.Number is null && newHigh.Number is null)
            return;
        (low, high) = (newLow, newHigh);
    }

    private string? ReadInterpretation()
    {
        string? found = null;
        for (var list = Elements(); Next(ref list);)
        {
            if (found is null && ReadConcept().Codings is { } codings)
                found = InterpretationOf(codings);
            else
                json.Skip();
        }
        return found;
    }

    private static string? InterpretationOf(IReadOnlyList<Coding> codings)
    {
        for (var index = 0; index < codings.Count; index++)
        {
            // Table 0078 of HL7 v2 is where v3 took these letters from; a code without system can only be one of them.
            if (codings[index].Code is { } letter && codings[index].System
                is null
                or "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
                or "http://hl7.org/fhir/v3/ObservationInterpretation"
                or "urn:oid:2.16.840.1.113883.5.83"
                or "http://terminology.hl7.org/CodeSystem/v2-0078"
                or "http://hl7.org/fhir/v2/0078")
                return letter;
        }
        return null;
    }

    private void ReadQuantity(ref Quantity place)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }
        var quantity = default(Quantity);
        for (var field = Next(); field != Field.Over; field = Next())
        {
            switch (field)
            {
                case Field.Value:
                    quantity.Number = Number() ?? quantity.Number;
                    break;
                case Field.Comparator:
                    quantity.Comparator = Term() ?? quantity.Comparator;
                    break;
                case Field.Unit:
                    quantity.Unit = Term() ?? quantity.Unit;
                    break;
                case Field.Code:
                    quantity.Code = Term() ?? quantity.Code;
                    break;
                case Field.System:
                    quantity.System = Term() ?? quantity.System;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
        place = quantity;
    }

    // Null when it is no number, or one that no decimal can hold.
    private decimal? Number()
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out var number))
            return number;
        json.Skip();
        return null;
    }

    private struct Quantity
    {
        internal decimal? Number;
        internal string? Comparator;
        internal string? Unit;
        internal string? Code;
        internal string? System;

        internal readonly string? Printed => Unit ?? Code;

        internal readonly string? UcumCode => System == Ucum ? Code : null;

        internal readonly bool HasUnit => Printed is not null;

        internal readonly bool IsEmpty => Number is null && Comparator is null && Unit is null && Code is null;

        internal readonly string? Print() => Number is { } number
            ? $"{Comparator}{number.ToString(CultureInfo.InvariantCulture)}{(HasUnit ? " " : "")}{Printed}"
            : null;

        // Units that are not stated are taken to be the same.
        internal readonly bool SameUnit(in Quantity other)
        {
            if (Code is not null && other.Code is not null)
                return Code == other.Code;
            return Unit is null || other.Unit is null || Unit == other.Unit;
        }
    }

    private struct Observed
    {
        internal Quantity Quantity;
        internal Concept Concept;
        internal string? Made;

        internal readonly bool IsEmpty => Quantity.IsEmpty && Concept.IsEmpty && Made is null;
    }
}
