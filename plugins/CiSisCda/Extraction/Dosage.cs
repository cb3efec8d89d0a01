using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>Posology: how much, how often, by which route, in structure where the document has it and in words where not.</summary>
internal sealed class Dosage
{
    private readonly Quantity? low;
    private readonly Quantity? high;
    private readonly Quantity? period;
    private readonly Concept route;
    private readonly string? text;

    private Dosage(XElement statement, EntryScope scope, string? productName)
    {
        var dose = statement.Part("doseQuantity");
        low = Quantity.Of(dose) ?? Quantity.Of(dose.Part("low"));
        high = Quantity.Of(dose.Part("high"));
        var frequency = statement.Descendants(Hl7.V3 + "period").FirstOrDefault();
        period = Quantity.Of(frequency);
        route = scope.Concepts.Read(statement.Part("routeCode"));
        text = TextOf(statement, frequency, scope, productName);
    }

    internal string? Text => text;

    /// <summary>The dosage of an entry, read from the entry itself or from its dosage lines (IHE PHARM: subordinate administrations).</summary>
    internal static Dosage Of(XElement statement, EntryScope scope, string? productName)
    {
        var line = statement.Part("doseQuantity") is null && statement.Part("routeCode") is null
            ? statement.Parts("entryRelationship").Where(relation => relation.Attr("typeCode") == "COMP")
                .Select(relation => relation.Part("substanceAdministration")).FirstOrDefault(one => one is not null)
            : null;
        return new Dosage(line ?? statement, scope, productName);
    }

    internal void Write(Utf8JsonWriter json, string name)
    {
        if (text is null && low is null && period is null && route.IsEmpty)
            return;
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.Text("text", text);
        if (period is { Unit: "s" or "min" or "h" or "d" or "wk" or "mo" or "a" })
        {
            json.WriteStartObject("timing");
            json.WriteStartObject("repeat");
            json.WriteNumber("frequency", 1);
            json.WriteNumber("period", period.Number);
            json.WriteString("periodUnit", period.Unit);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.Concept("route", route);
        if (low is not null)
        {
            json.WriteStartArray("doseAndRate");
            json.WriteStartObject();
            if (high is null || high == low)
            {
                low.Write(json, "doseQuantity");
            }
            else
            {
                json.WriteStartObject("doseRange");
                low.Write(json, "low");
                high.Write(json, "high");
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // In the author's words first: the entry's text, unless it only names the product; else instructions; else what the structure says.
    private static string? TextOf(XElement statement, XElement? frequency, EntryScope scope, string? productName)
    {
        var words = scope.TextOf(statement.Part("text"));
        var product = scope.TextOf(statement.At("consumable", "manufacturedProduct", "manufacturedMaterial", "code").Extension("originalText"));
        if (words is not null && words != productName && words != product
            && !(productName?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false))
            return words;
        var instructions = statement.Parts("entryRelationship").Select(relation => relation.Part("act"))
            .Where(act => act.Part("code").Attr("code") == "PINSTRUCT")
            .Select(act => scope.TextOf(act.Part("text"))).FirstOrDefault(one => one is not null);
        if (instructions is not null)
            return instructions;
        var rhythm = scope.TextOf(frequency.Part("translation").Extension("originalText"));
        var dose = Quantity.Of(statement.Part("doseQuantity")) ?? Quantity.Of(statement.At("doseQuantity", "low"));
        string?[] parts =
        [
            dose?.ToString(),
            rhythm ?? (Quantity.Of(frequency) is { } every ? $"toutes les {every}" : null),
            scope.Concepts.Read(statement.Part("routeCode")).Label,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } made ? made : null;
    }
}
