using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace DmpFederation.LegacySystems.FrancheComte;

/// <summary>One document element of the index: the XDS metadata of a deposit.</summary>
internal static class IndexLine
{
    internal static readonly XNamespace Ns = "urn:franche-comte:index:2009";

    internal static XElement Of(DocumentDeposit deposit, byte[] file)
    {
        var fact = deposit.Fact;
        var kind = deposit.Kind;
        var type = fact.Codes[0];
        return new XElement(
            Ns + "document",
            new XAttribute("entryUUID", $"urn:uuid:{Uuid("entry", deposit.UniqueId):D}"),
            Text("uniqueId", deposit.UniqueId),
            Text("logicalId", $"urn:uuid:{Uuid("logical", deposit.Series):D}"),
            Text("version", deposit.Version.ToString(CultureInfo.InvariantCulture)),
            Text("title", kind.Title),
            Coded("typeCode", type.Code, CdaXml.OidOf(type.System), type.Label),
            Coded("classCode", kind.ClassCode, "1.2.250.1.213.1.1.4.1", kind.ClassLabel),
            Coded("formatCode", kind.FormatCode, "1.3.6.1.4.1.19376.1.2.3", null),
            Coded("healthcareFacilityTypeCode", kind.FacilityCode, "1.2.250.1.71.4.2.4", kind.FacilityLabel),
            Coded("practiceSettingCode", kind.PracticeCode, "1.2.250.1.213.1.1.4.9", kind.PracticeLabel),
            Text("creationTime", CdaXml.Moment(fact.Date)),
            Text("serviceStartTime", CdaXml.Moment(fact.Date)),
            Text("mimeType", "text/xml"),
            Text("size", file.Length.ToString(CultureInfo.InvariantCulture)),
            Text("hash", Convert.ToHexStringLower(SHA1.HashData(file))),
            deposit.Replaces is { } replaced ? Text("replaces", replaced) : null,
            Text("path", $"documents/{Uri.EscapeDataString(deposit.UniqueId)}"),
            new XElement(
                Ns + "author",
                new XAttribute("id", "8" + fact.Author.Rpps),
                new XAttribute("name", $"{fact.Author.GivenName} {fact.Author.FamilyName}"),
                new XAttribute("specialty", fact.Author.Specialty),
                new XAttribute("institutionId", "1" + fact.Author.Finess),
                new XAttribute("institution", fact.Author.OrganizationName)));
    }

    internal static XElement Status(string status) => Text(
        "availabilityStatus",
        (status is "Approved" or "Deprecated" ? "urn:oasis:names:tc:ebxml-regrep:StatusType:" : "urn:asip:ci-sis:2010:StatusType:") + status);

    internal static XElement Coded(string name, string code, string system, string? label) => new(
        Ns + name,
        new XAttribute("code", code),
        new XAttribute("codeSystem", system),
        label is null ? null : new XAttribute("displayName", label));

    private static XElement Text(string name, string value) => new(Ns + name, value);

    // The same deposit gets the same registry ids in every run.
    private static Guid Uuid(string use, string uniqueId) => new(SHA1.HashData(Encoding.UTF8.GetBytes($"{use} {uniqueId}")).AsSpan(0, 16));
}
