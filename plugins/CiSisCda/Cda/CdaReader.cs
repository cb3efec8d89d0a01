using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>
/// Finds the document in hostile bytes (<see cref="HardenedXml"/>). A ClinicalDocument is found at the root, or inside an XSLT ("autoprésentable"
/// files have an xsl:stylesheet around it).
/// </summary>
internal static class CdaReader
{
    internal const int MaxBytes = 32 * 1024 * 1024;

    internal static readonly XName DocumentName = Hl7.V3 + "ClinicalDocument";

    internal static bool TryRead(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out XElement? document, [NotNullWhen(false)] out CdaProblem? problem)
    {
        document = null;
        if (!HardenedXml.TryRead(bytes, MaxBytes, out var root, out problem))
            return false;
        document = root.Name == DocumentName ? root : root.Descendants(DocumentName).FirstOrDefault();
        problem = document is null ? CdaProblem.NotCda : null;
        return document is not null;
    }
}
