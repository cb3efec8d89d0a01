using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>An HL7 v3 instance identifier.</summary>
/// <param name="Root">OID or UUID.</param>
/// <param name="Extension">Value under the root; null when the root alone identifies.</param>
internal readonly record struct CdaId(string Root, string? Extension)
{
    /// <summary>The XDS form: <c>root</c> or <c>root^extension</c>.</summary>
    internal string Text => Extension is null ? Root : $"{Root}^{Extension}";

    internal static CdaId? Of(XElement? element) =>
        element.Attr("root") is { } root && element.NullFlavor() is null ? new CdaId(root, element.Attr("extension")) : null;

    /// <summary>First usable id of an element; null when it has none.</summary>
    internal static CdaId? FirstOf(XElement? element) => element.Parts("id").Select(Of).FirstOrDefault(id => id is not null);

    internal static CdaId Parse(string text)
    {
        var cut = text.IndexOf('^', StringComparison.Ordinal);
        return cut < 0 ? new CdaId(text, null) : new CdaId(text[..cut], text[(cut + 1)..]);
    }

    internal BusinessIdentifier ToBusinessIdentifier() => Extension is { } extension
        ? new BusinessIdentifier(Uri(Root), extension)
        : new BusinessIdentifier("urn:ietf:rfc:3986", Uri(Root));

    internal PatientKey? ToPatientKey() => Extension is { } extension ? new PatientKey(Uri(Root), extension) : null;

    private static string Uri(string root) => Guid.TryParse(root, out var uuid) ? $"urn:uuid:{uuid:D}" : $"urn:oid:{root}";
}
