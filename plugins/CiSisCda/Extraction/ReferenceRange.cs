using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>The normal range of a result. Low may equal high: one official sample says so, and it is not for us to correct.</summary>
internal sealed record ReferenceRange(Quantity? Low, Quantity? High, string? Text)
{
    internal static ReferenceRange? FirstOf(XElement observation, EntryScope scope) =>
        observation.Parts("referenceRange").Select(range => Of(range.Part("observationRange"), scope)).FirstOrDefault(range => range is not null);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("referenceRange");
        json.WriteStartObject();
        Low?.Write(json, "low");
        High?.Write(json, "high");
        json.Text("text", Text);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static ReferenceRange? Of(XElement? range, EntryScope scope)
    {
        var value = range.Part("value");
        var found = new ReferenceRange(
            Quantity.Of(value.Part("low")), Quantity.Of(value.Part("high")), scope.TextOf(range.Part("text")) ?? Wording(value, scope));
        return found is { Low: null, High: null, Text: null } ? null : found;
    }

    private static string? Wording(XElement? value, EntryScope scope) =>
        value?.DataType() is "ST" or "ED" ? scope.TextOf(value) : scope.Concepts.Read(value).Label;
}
