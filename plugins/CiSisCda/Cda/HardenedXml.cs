using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>
/// Turns hostile bytes into a tree: no document type declaration, no entity but the five of XML, no resolver, bounded size and depth.
/// </summary>
internal static class HardenedXml
{
    internal const int MaxDepth = 100;

    /// <summary>Reads the outermost element.</summary>
    /// <param name="bytes">Of any encoding French legacy systems declare.</param>
    /// <param name="maxBytes">Largest size accepted.</param>
    /// <param name="root">The tree, without comments and processing instructions; prefixes are gone, blanks kept inside narratives.</param>
    /// <param name="problem">What is wrong with the bytes.</param>
    internal static bool TryRead(
        ReadOnlyMemory<byte> bytes, int maxBytes, [NotNullWhen(true)] out XElement? root, [NotNullWhen(false)] out CdaProblem? problem)
    {
        root = null;
        problem = bytes.Length == 0 ? CdaProblem.Empty : bytes.Length > maxBytes ? CdaProblem.TooLarge(maxBytes) : null;
        if (problem is not null)
            return false;
        try
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = maxBytes,
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
            root = ReadTree(reader, out problem);
            if (root is null)
                problem ??= CdaProblem.NotXml(0, 0);
        }
        catch (XmlException fault)
        {
            root = null;
            problem = EncodedXml.HasDoctype(bytes) ? CdaProblem.Dtd : CdaProblem.NotXml(fault.LineNumber, fault.LinePosition);
        }
        return root is not null;
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
