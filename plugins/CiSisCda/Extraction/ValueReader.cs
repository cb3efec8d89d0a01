using System.Globalization;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Reads <c>observation/value</c> of every HL7 v3 data type that CI-SIS models use.</summary>
internal static class ValueReader
{
    internal static ObservedValue Read(XElement observation, CdaDocument document)
    {
        var values = observation.Parts("value").ToList();
        var value = values.Find(one => one.NullFlavor() is null) ?? values.FirstOrDefault();
        if (value is null)
            return ObservedValue.None;
        var read = Typed(value, document);
        // "Not applicable" stands under headings, which have no value to miss.
        if (read is null && value.NullFlavor() == "NA" && Wording(value, document) is null)
            return ObservedValue.None;
        return read ?? (Wording(value, document) is { } text ? ObservedValue.OfText(text) : ObservedValue.Absent(value.NullFlavor() ?? "NI"));
    }

    // Null: nothing usable of the announced type; its wording may still be.
    private static ObservedValue? Typed(XElement value, CdaDocument document)
    {
        switch (value.DataType() ?? Guess(value))
        {
            case "PQ" or "REAL" or "MO":
                return Quantity.Of(value) is { } quantity ? ObservedValue.OfQuantity(quantity) : null;
            case "INT":
                return int.TryParse(value.Attr("value"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    ? ObservedValue.OfInteger(whole)
                    : Quantity.Of(value) is { } number ? ObservedValue.OfQuantity(number) : null;
            case "IVL_PQ" or "IVL_REAL" or "IVL_INT":
                return Interval(value);
            case "RTO" or "RTO_PQ_PQ" or "RTO_INT_INT":
                return Quantity.Of(value.Part("numerator")) is { } top && Quantity.Of(value.Part("denominator")) is { } bottom
                    ? ObservedValue.OfRatio(top, bottom)
                    : null;
            case "CD" or "CE" or "CV" or "CO" or "CS":
                var concept = document.Concepts.Read(value);
                return concept.IsEmpty ? null : ObservedValue.OfConcept(concept);
            case "BL":
                return value.Attr("value") is { } flag ? ObservedValue.OfBoolean(flag is "true" or "1") : null;
            case "TS":
                return CdaTime.Of(value) is { } time ? ObservedValue.OfTime(time) : null;
            case "IVL_TS":
                return CdaTime.Of(value) is { } moment ? ObservedValue.OfTime(moment)
                    : CdaTime.Of(value.Part("low")) is { } || CdaTime.HighOf(value) is { }
                        ? ObservedValue.OfPeriod(CdaTime.Of(value.Part("low")), CdaTime.HighOf(value))
                        : null;
            case "EIVL_TS":
                return value.Part("event").Attr("code") is { } code ? ObservedValue.OfText(code) : null;
            default:
                return null;
        }
    }

    // One bound is a comparison: <low value="0.512"/> of a minimal inhibitory concentration reads "0.512 or more".
    private static ObservedValue? Interval(XElement value)
    {
        if (Quantity.Of(value) is { } exact)
            return ObservedValue.OfQuantity(exact);
        var low = Quantity.Of(value.Part("low"));
        var high = Quantity.Of(value.Part("high"));
        return (low, high) switch
        {
            ({ } least, { } most) => ObservedValue.OfRange(least, most),
            ({ } least, null) => ObservedValue.OfQuantity(least with { Comparator = Inclusive(value.Part("low")) ? ">=" : ">" }),
            (null, { } most) => ObservedValue.OfQuantity(most with { Comparator = Inclusive(value.Part("high")) ? "<=" : "<" }),
            _ => Quantity.Of(value.Part("center")) is { } center ? ObservedValue.OfQuantity(center) : null,
        };
    }

    private static bool Inclusive(XElement? bound) => bound.Attr("inclusive") is not ("false" or "0");

    private static string? Wording(XElement value, CdaDocument document) =>
        document.Narrative.TextOf(value.Extension("originalText"))
        ?? document.Narrative.TextOf(value.Elements().FirstOrDefault(child => child.Name.LocalName == "translation").Extension("originalText"))
        ?? (value.DataType() is "ST" or "ED" or null ? document.Narrative.TextOf(value) : null);

    private static string Guess(XElement value) =>
        value.Attr("code") is not null ? "CD" : value.Attr("unit") is not null ? "PQ" : value.Attr("value") is not null ? "REAL" : "ST";
}
