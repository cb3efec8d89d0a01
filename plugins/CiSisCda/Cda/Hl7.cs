using System.Xml.Linq;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Short paths through the elements of a CDA R2 document. Absent parts are null all the way down.</summary>
internal static class Hl7
{
    internal static readonly XNamespace V3 = "urn:hl7-org:v3";

    private static readonly XName TypeName = XNamespace.Get("http://www.w3.org/2001/XMLSchema-instance") + "type";

    internal static XElement? Part(this XElement? element, string name) => element?.Element(V3 + name);

    internal static IEnumerable<XElement> Parts(this XElement? element, string name) => element?.Elements(V3 + name) ?? [];

    internal static XElement? At(this XElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            element = element.Part(name);
        return element;
    }

    /// <summary>A child by local name in any namespace: the laboratory and pharmacy extensions live in namespaces of their own.</summary>
    internal static XElement? Extension(this XElement? element, string localName) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == localName);

    /// <summary>Attribute text without surrounding blanks; null when absent or blank.</summary>
    internal static string? Attr(this XElement? element, string name) =>
        element?.Attribute(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    internal static string? NullFlavor(this XElement? element) => element.Attr("nullFlavor");

    /// <summary>Local name of xsi:type: real files write <c>PQ</c> as well as <c>c:PQ</c>.</summary>
    internal static string? DataType(this XElement element)
    {
        var type = element.Attribute(TypeName)?.Value.Trim();
        return type?[(type.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    internal static bool HasTemplate(this XElement? element, string root) =>
        element.Parts("templateId").Any(template => template.Attr("root") == root);

    internal static bool IsNegated(this XElement element) => element.Attr("negationInd") is "true" or "1";

    /// <summary>Blanks of any kind become one space.</summary>
    internal static string? Collapse(string? text) =>
        string.Join(' ', text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []) is { Length: > 0 } clean ? clean : null;

    /// <summary>True when the element holds text of its own, not only of its children.</summary>
    internal static bool HasText(this XElement element) => element.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value));

    /// <summary>Text of an element on one line; null when empty.</summary>
    internal static string? Line(this XElement? element) => Collapse(element?.Value);
}
