using System.Globalization;
using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>Small parts of a CDA document.</summary>
internal static class CdaXml
{
    internal const string Loinc = "2.16.840.1.113883.6.1";

    internal const string Snomed = "2.16.840.1.113883.6.96";

    internal static readonly XNamespace Ns = "urn:hl7-org:v3";

    internal static readonly XNamespace Pharm = "urn:ihe:pharm:medication";

    internal static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    internal static XElement E(string name, params object?[] content) => new(Ns + name, content);

    internal static XAttribute A(string name, object value) => new(name, value);

    internal static XAttribute Type(string dataType) => new(Xsi + "type", dataType);

    internal static XElement Template(string root) => E("templateId", A("root", root));

    internal static XElement Id(string root, string? extension = null) =>
        E("id", A("root", root), extension is null ? null : A("extension", extension));

    /// <summary>From <c>root</c> or <c>root^extension</c>.</summary>
    internal static XElement IdOf(string text, string name = "id")
    {
        var parts = text.Split('^', 2);
        return E(name, A("root", parts[0]), parts.Length > 1 ? A("extension", parts[1]) : null);
    }

    internal static XElement Code(string name, string code, string oid, string? label, params object?[] inside) =>
        E(name, A("code", code), A("codeSystem", oid), label is null ? null : A("displayName", label), inside);

    internal static XElement Code(string name, SyntheticCode code, params object?[] inside) =>
        Code(name, code.Code, OidOf(code.System), code.Label, inside);

    internal static XElement Status(string code) => E("statusCode", A("code", code));

    internal static XElement Reference(string target) => E("reference", A("value", "#" + target));

    internal static XElement Wording(string target) => E("originalText", Reference(target));

    internal static string OidOf(string system) => system switch
    {
        "http://loinc.org" => Loinc,
        "http://hl7.org/fhir/sid/icd-10" => "2.16.840.1.113883.6.3",
        "http://www.whocc.no/atc" => "2.16.840.1.113883.6.73",
        "http://snomed.info/sct" => Snomed,
        _ => system["urn:oid:".Length..],
    };

    internal static string Moment(DateTimeOffset moment) =>
        moment.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
        + moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    internal static string Day(DateTimeOffset moment) => moment.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    internal static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
