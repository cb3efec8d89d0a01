using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>The FHIR R4 data types this system writes.</summary>
internal static class FhirJson
{
    public const string ProfessionalSystem = "urn:oid:1.2.250.1.71.4.2.1";
    public const string StructureSystem = "urn:oid:1.2.250.1.71.4.2.2";
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Relaxed))
            node.WriteTo(writer);
        return stream.ToArray();
    }

    /// <summary>To the millisecond, as <c>meta.lastUpdated</c> is kept.</summary>
    public static string Instant(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static JsonObject Coding(string system, string code, string? display = null)
    {
        var coding = new JsonObject { ["system"] = system, ["code"] = code };
        if (display is not null)
            coding["display"] = display;
        return coding;
    }

    public static JsonObject Concept(string system, string code, string? display = null) =>
        new() { ["coding"] = new JsonArray(Coding(system, code, display)) };

    public static JsonObject Concept(IReadOnlyList<SyntheticCode> codes) => new()
    {
        ["coding"] = new JsonArray([.. codes.Select(code => Coding(code.System, code.Code, code.Label))]),
        ["text"] = codes[0].Label,
    };

    public static JsonArray Identifiers(IEnumerable<(string System, string Value)> identifiers) =>
        new([.. identifiers.Select(each => Identifier(each.System, each.Value))]);

    public static JsonObject Identifier(string system, string value) => new() { ["system"] = system, ["value"] = value };

    public static JsonObject Quantity(decimal value, string ucum) => new()
    {
        ["value"] = value,
        ["unit"] = ucum,
        ["system"] = "http://unitsofmeasure.org",
        ["code"] = ucum,
    };

    /// <summary>Reference to the professional, who is also named in place: a reader need not fetch a directory to print an author.</summary>
    public static JsonObject Professional(SyntheticAuthor author) => new()
    {
        ["reference"] = "Practitioner/rpps-" + author.Rpps,
        ["identifier"] = Identifier(ProfessionalSystem, "8" + author.Rpps),
        ["display"] = $"{author.GivenName} {author.FamilyName}",
    };

    public static JsonObject Structure(SyntheticAuthor author) => new()
    {
        ["reference"] = "Organization/finess-" + author.Finess,
        ["identifier"] = Identifier(StructureSystem, "1" + author.Finess),
        ["display"] = author.OrganizationName,
    };
}
