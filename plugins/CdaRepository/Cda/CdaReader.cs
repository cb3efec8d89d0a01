using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;

namespace DmpFederation.Plugins.CdaRepository.Cda;

/// <summary>
/// Turns hostile bytes into a tree: no document type declaration, no entity but the five of XML, no resolver, bounded size and depth.
/// A ClinicalDocument is found at the root, or inside an XSLT ("autoprésentable" files have an xsl:stylesheet around it).
/// </summary>
internal static class CdaReader
{
    internal const int MaxBytes = 32 * 1024 * 1024;

    internal const int MaxDepth = 100;

    private static readonly XName DocumentName = Hl7.V3 + "ClinicalDocument";

    internal static bool TryRead(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out XElement? document, [NotNullWhen(false)] out CdaProblem? problem)
    {
        document = null;
        problem = bytes.Length == 0 ? CdaProblem.Empty : bytes.Length > MaxBytes ? CdaProblem.TooLarge : null;
        if (problem is not null)
            return false;
        try
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = true,
            };
            using var reader = EncodedXml.Open(bytes, settings);
            if (reader is null)
            {
                problem = CdaProblem.Encoding;
                return false;
            }
            var root = ReadTree(reader, out problem);
            if (root is null)
            {
                problem ??= CdaProblem.NotXml(0, 0);
                return false;
            }
            document = root.Name == DocumentName ? root : root.Descendants(DocumentName).FirstOrDefault();
        }
        catch (XmlException fault)
        {
            problem = EncodedXml.HasDoctype(bytes) ? CdaProblem.Dtd : CdaProblem.NotXml(fault.LineNumber, fault.LinePosition);
            return false;
        }
        problem = document is null ? CdaProblem.NotCda : null;
        return document is not null;
    }

    // Not XDocument.Load: it has no bound on depth, and later walks over the tree are recursive.
    private static XElement? ReadTree(XmlReader reader, out CdaProblem? problem)
    {
        XElement? root = null;
        XElement? current = null;
        var narrative = int.MaxValue;
        problem = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var depth = reader.Depth;
                    if (depth >= MaxDepth)
                    {
                        problem = CdaProblem.TooDeep(reader is IXmlLineInfo at ? at.LineNumber : 0);
                        return null;
                    }
                    var element = new XElement(XNamespace.Get(reader.NamespaceURI) + reader.LocalName);
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
                            element.Add(new XAttribute(XNamespace.Get(reader.NamespaceURI) + reader.LocalName, reader.Value));
                    }
                    current?.Add(element);
                    root ??= element;
                    if (isEmpty)
                        break;
                    current = element;
                    if (element.Name.LocalName == "text")
                        narrative = Math.Min(narrative, depth);
                    break;
                case XmlNodeType.EndElement:
                    if (reader.Depth == narrative)
                        narrative = int.MaxValue;
                    current = current?.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    current?.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.Whitespace when narrative != int.MaxValue:
                    current?.Add(new XText(" "));
                    break;
                default:
                    break;
            }
        }
        return root;
    }
}
