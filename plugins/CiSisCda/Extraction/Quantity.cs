using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using DmpFederation.Plugins.CiSisCda.Cda;

namespace DmpFederation.Plugins.CiSisCda.Extraction;

/// <summary>A number with its unit, digits as recorded (1.950 stays 1.950).</summary>
/// <param name="Number">The value.</param>
/// <param name="Unit">As recorded; null when dimensionless or not stated.</param>
/// <param name="Comparator">FHIR comparator; null for equality.</param>
internal sealed record Quantity(decimal Number, string? Unit, string? Comparator = null)
{
    // EDQM standard terms count packages ("30009000": boîte) where UCUM has no unit.
    private const string EdqmSystem = "urn:oid:0.4.0.127.0.16.1.1.2.1";

    private const string Box = "30009000";

    /// <summary>A number of boxes.</summary>
    internal static Quantity Boxes(decimal number) => new(number, Box);

    /// <summary>The unit for a reader: the French term of the package where the report gives its code alone.</summary>
    internal string? UnitLabel => Unit == Box ? "boîte" : Unit;

    /// <summary>The unit in UCUM; null when there is none, or it counts packages.</summary>
    internal string? UcumUnit => IsPackage ? null : Unit;

    private bool IsPackage => Unit is { Length: 8 } unit && unit.All(char.IsAsciiDigit);

    internal static Quantity? Of(XElement? element, string? comparator = null) =>
        Parse(element.Attr("value")) is { } number ? new Quantity(number, element.Attr("unit"), comparator) : null;

    internal static decimal? Parse(string? text) =>
        decimal.TryParse(text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", Number);
        json.Text("comparator", Comparator);
        if (Unit is { } unit)
        {
            json.WriteString("unit", UnitLabel);
            json.WriteString("system", IsPackage ? EdqmSystem : CodeSystems.Ucum);
            json.WriteString("code", unit);
        }
        json.WriteEndObject();
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Comparator}{Number}{(Unit is null ? "" : " ")}{UnitLabel?.Trim('{', '}')}");
}
